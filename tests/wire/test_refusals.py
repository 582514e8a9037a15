"""Frames that cannot be taken, floods, and sockets that may not stay."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from readerai.accounts.login.sign_ins import end_sign_ins
from readerai.accounts.models import SignIn, User
from readerai.monitoring import capacity
from sessions_app.domain import lifecycle
from sessions_app.live.process import process as live
from sessions_app.live.process.process import live_process
from sessions_app.live.saving.database import in_database
from sessions_app.messages import CompleteSession
from sessions_app.messages.dispatch import perform
from sessions_app.models import Presence, Session
from sessions_app.records.shredding import destroy_keys
from tests.sessions_app.cast import Cast, start

from .socket import error, open_socket, reading
from .waiting import eventually


@pytest.fixture
def _quick_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_SECONDS", 0.05)


async def test_a_bad_frame_is_told_so_and_the_socket_stays_open(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.send_text("{")
        assert await socket.next() == error(socket, "bad_json")
        await socket.send_bytes(b"\x00\x01")
        assert await socket.next() == error(socket, "bad_json")
        await socket.send_bytes(b'{"type":"HEARTBEAT"}')
        assert await socket.next() == error(socket, "bad_json")
        answer = await socket.call("SING", id=1)
        assert answer == error(socket, "unknown_type", reply_to=1, field="type")
        answer = await socket.call("READING_PROGRESS", {"wordIndex": 117}, id=2)
        assert answer == error(socket, "bad_payload", reply_to=2, field="wordIndex")
        answer = await socket.call("REPEAT_AUDIO", {"fromWordIndex": 117}, id=3)
        assert answer == error(socket, "bad_payload", reply_to=3, field="fromWordIndex")
        answer = await socket.call("CHECKPOINT_ANSWER", {"checkpointId": "x", "answer": "y"}, id=4)
        assert answer == error(socket, "bad_payload", reply_to=4, field="checkpointId")
        # A checkpoint that lies ahead is none yet.
        ahead = {"checkpointId": "patient", "answer": "y"}
        answer = await socket.call("CHECKPOINT_ANSWER", ahead, id=5)
        assert answer == error(socket, "bad_payload", reply_to=5, field="checkpointId")
        await socket.send_text(json.dumps({"type": "HEARTBEAT", "id": 6}))
        assert await socket.next() == error(socket, "wrong_session", reply_to=6, field="sessionId")
        assert await socket.call("HEARTBEAT", id=7) == socket.frame("HEARTBEAT_ACK", reply_to=7)


async def test_another_sessions_id_in_a_frame_touches_neither(cast: Cast, session: Session) -> None:
    bobs = await in_database(start, cast.bob, cast.lamp)
    async with reading(cast.alice, session) as socket:
        await socket.send_text(json.dumps({"type": "RAISE_HAND", "sessionId": bobs.pk, "id": 1}))
        assert await socket.next() == error(socket, "wrong_session", reply_to=1, field="sessionId")
    raised = await in_database(Session.objects.exclude(hand_raised_at=None).exists)
    assert not raised


async def test_the_twentieth_bad_frame_closes(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        for _ in range(19):
            await socket.send_text("x")
        for _ in range(19):
            assert await socket.next() == error(socket, "bad_json")
        assert (await socket.call("HEARTBEAT"))["type"] == "HEARTBEAT_ACK"
        await socket.send_text("x")
        assert await socket.next() == error(socket, "bad_json")
        assert await socket.next() == error(socket, "too_many_bad")
        assert await socket.closing() == ([], 4400)


async def test_a_burst_beyond_forty_is_too_fast_and_a_flood_closes(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        for _ in range(60):
            await socket.send("HEARTBEAT")
        answers = [await socket.next() for _ in range(60)]
        refused = [frame for frame in answers if frame["type"] == "ERROR"]
        assert {frame["payload"]["code"] for frame in refused} == {"too_fast"}
        assert 0 < len(refused) <= 20
        for _ in range(400):
            await socket.send("HEARTBEAT")
        frames, code = await socket.closing()
        assert code == 4429
        assert frames[-1]["payload"]["code"] == "too_many"
    cooling = live_process().cooling
    async with open_socket(cast.alice, session) as socket:  # without the pause that 4429 asks for
        now = time.monotonic()
        assert cooling.seconds_left(session.pk, cast.alice.user.pk, now) > 0
        assert cooling.seconds_left(session.pk, cast.bob.user.pk, now) == 0
        assert (await socket.next())["type"] == "SESSION_RESTORED"
        assert cooling.seconds_left(session.pk, cast.alice.user.pk, time.monotonic()) == 0


async def test_load_tests_may_lift_the_limits(
    cast: Cast, session: Session, settings: Settings
) -> None:
    settings.READERAI_RATE_LIMITS = False
    async with reading(cast.alice, session) as socket:
        for _ in range(60):
            await socket.send("HEARTBEAT")
        assert {(await socket.next())["type"] for _ in range(60)} == {"HEARTBEAT_ACK"}


@pytest.mark.parametrize("text", ["x" * 65_537, "é" * 32_769])
async def test_a_frame_over_64_kib_closes(cast: Cast, session: Session, text: str) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.send_text(text)
        _, code = await socket.closing()
        assert code == 1009


async def test_a_frame_of_64_kib_is_read(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        frame = json.dumps({"type": "HEARTBEAT", "sessionId": session.pk, "pad": ""})
        await socket.send_text(
            frame.replace('"pad": ""', f'"pad": "{"x" * (65_536 - len(frame))}"')
        )
        assert (await socket.next())["type"] == "HEARTBEAT_ACK"


async def test_the_newest_socket_wins(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as first:
        await first.send("READING_PROGRESS", {"wordIndex": 8}, id=1)
        async with open_socket(cast.alice, session) as second:
            restored = await second.next()
            frames, code = await first.closing()
            assert code == 4409
            assert frames[-1] == error(first, "taken_over")
            # What the first socket said before is there.
            assert restored["payload"]["state"]["currentPosition"]["wordIndex"] == 8
            assert restored["payload"]["lastId"] == 1
            answer = await second.call("RAISE_HAND", id=2)
            assert answer["payload"] == {"raised": True}


async def test_a_socket_taken_over_elsewhere_can_write_nothing(
    cast: Cast, session: Session
) -> None:
    """Another server took the session: the notice is lost, the owner number is not."""
    async with reading(cast.alice, session) as socket:
        await in_database(
            lambda: Session.objects.filter(pk=session.pk).update(owner=session.owner + 7)
        )
        await socket.send("RAISE_HAND", id=1)
        frames, code = await socket.closing()
        assert (frames, code) == ([error(socket, "taken_over")], 4409)
    row = await in_database(Session.objects.get, pk=session.pk)
    assert (row.hand_raised_at, row.committed_ids) == (None, "")


async def test_progress_of_a_socket_taken_over_elsewhere_is_not_saved(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        await in_database(
            lambda: Session.objects.filter(pk=session.pk).update(owner=session.owner + 7)
        )
        await socket.send("READING_PROGRESS", {"wordIndex": 8}, id=1)
        frames, code = await socket.closing()
        assert (frames, code) == ([error(socket, "taken_over")], 4409)
    row = await in_database(Session.objects.get, pk=session.pk)
    assert row.committed_ids == ""


@pytest.mark.usefixtures("_quick_rounds")
async def test_signing_out_closes(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await in_database(end_sign_ins, [cast.alice.user])
        assert await socket.closing() == ([error(socket, "not_signed_in")], 4401)


@pytest.mark.usefixtures("_quick_rounds")
@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}])
async def test_account_that_is_disabled_or_has_another_password_is_signed_out(
    cast: Cast, session: Session, change: dict[str, Any]
) -> None:
    accounts = User.objects.filter(pk=cast.alice.user.pk)
    async with reading(cast.alice, session) as socket:
        await in_database(lambda: accounts.update(**change))
        assert await socket.closing() == ([error(socket, "not_signed_in")], 4401)


@pytest.mark.usefixtures("_quick_rounds")
async def test_signing_out_elsewhere_leaves_other_ways_in(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:

        def end_all_but_the_newest() -> None:
            newest = SignIn.objects.order_by("-pk").first()
            assert newest is not None
            end_sign_ins([cast.bob.user])
            assert newest.ended_at is None

        await in_database(end_all_but_the_newest)
        assert await socket.quiet() == []


@pytest.mark.usefixtures("_quick_rounds")
async def test_no_activity_pauses_and_closes(
    cast: Cast, session: Session, settings: Settings
) -> None:
    settings.READERAI_IDLE_SECONDS = 1
    async with reading(cast.alice, session) as socket:
        await socket.send("HEARTBEAT")  # a heartbeat is no activity
        frames, code = await socket.closing()
        assert frames[-1] == error(socket, "idle")
        assert code == 4408
    row = await in_database(Session.objects.get, pk=session.pk)
    assert row.status == "paused"
    assert not await in_database(Presence.objects.exists)


@pytest.mark.usefixtures("_quick_rounds")
async def test_a_session_paused_by_the_sweeper_closes_as_idle(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        long_ago = timezone.now() - dt.timedelta(days=1)
        rows = Session.objects.filter(pk=session.pk)
        await in_database(lambda: rows.update(last_active_at=long_ago))
        assert await in_database(lifecycle.pause_all_idle) == 1
        assert await socket.closing() == ([error(socket, "idle")], 4408)


@pytest.mark.usefixtures("_quick_rounds")
async def test_a_session_completed_elsewhere_closes(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await in_database(perform, session.pk, CompleteSession())
        assert await socket.closing() == ([], 1000)


def erase(session: Session) -> None:
    destroy_keys(Session.objects.filter(pk=session.pk))


async def test_an_erased_session_is_not_there(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await in_database(erase, session)
        await socket.send("RAISE_HAND", id=1)
        assert await socket.closing() == ([error(socket, "not_found")], 4404)
    async with open_socket(cast.alice, session) as socket:
        frames, code = await socket.closing()
        assert (frames, code) == ([error(socket, "not_found")], 4404)


async def test_a_full_server_says_so(cast: Cast, session: Session, settings: Settings) -> None:
    settings.READERAI_MAX_SESSIONS = 1
    bobs = await in_database(start, cast.bob, cast.lamp)
    async with reading(cast.alice, session) as mine:
        async with open_socket(cast.bob, bobs) as socket:
            frames, code = await socket.closing()
            assert (frames, code) == ([error(socket, "full")], 4503)
        # Who is in already needs no second place to come back.
        async with open_socket(cast.alice, session) as again:
            assert (await again.next())["type"] == "SESSION_RESTORED"
            assert (await mine.closing())[1] == 4409

    async def empty() -> bool:
        return capacity.here.live == 0

    await eventually(empty, "a free place")
    async with open_socket(cast.bob, bobs) as socket:
        assert (await socket.next())["type"] == "SESSION_RESTORED"


async def test_a_draining_server_saves_and_says_that_it_will_be_back(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.send("READING_PROGRESS", {"wordIndex": 8}, id=1)
        await socket.send("HEARTBEAT")  # answered at once: what came before has arrived
        await socket.until("HEARTBEAT_ACK")
        await live_process().drain()
        frames, code = await socket.closing()
        assert code == 1012
        assert frames[-1] == error(socket, "restarting")
    async with open_socket(cast.alice, session) as socket:
        frames, code = await socket.closing()
        assert (frames, code) == ([error(socket, "restarting")], 1012)
    row = await in_database(Session.objects.get, pk=session.pk)
    assert row.committed_ids == "=1"
    assert not await in_database(Presence.objects.exists)


async def test_leaving_gives_the_place_back(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session):
        assert await in_database(Presence.objects.filter(session=session).exists)
        assert capacity.here.live == 1

    async def gone() -> bool:
        return not await in_database(Presence.objects.exists) and capacity.here.live == 0

    await eventually(gone, "leaving")
