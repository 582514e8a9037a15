"""The live feed of a class, from the socket's outer end."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from library.book_structure import forget_books
from readerai.accounts.models import Enrolment, SignIn, User
from sessions_app.live.database import in_database
from sessions_app.live.groups import class_group
from sessions_app.live.process import live_process
from sessions_app.messages import CompleteSession, LowerHand, RaiseHand
from sessions_app.messages.dispatch import perform
from sessions_app.models import Session
from tests.readerai.accounts.people import make_student
from tests.sessions_app.cast import Cast, make_cast, start

from .feeds import Feed, knock, watching
from .readings import Open, connected, read_to, whole_reading


@pytest.fixture
def cast(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_books()
    yield make_cast()
    forget_books()


async def changed(session_id: str) -> None:
    """What a server does after every commit."""
    session = await in_database(Session.objects.get, pk=session_id)
    enrolments = await in_database(
        lambda: list(session.student.enrolments.values_list("classroom", flat=True))
    )
    for classroom in enrolments:
        live_process().notices.gather(class_group(classroom), session_id)


def hand(open_: Open, *, raised: bool) -> None:
    open_.say(RaiseHand() if raised else LowerHand())


async def test_first_frame_is_a_snapshot_of_the_class_alone(cast: Cast) -> None:
    alices = await in_database(whole_reading, cast, cast.alice)
    await in_database(start, cast.carol, cast.lamp)
    async with watching(cast.rivera) as feed:
        [summary] = await feed.snapshot()
    assert summary["sessionId"] == alices.session_id
    assert summary["student"] == {"studentId": "alice", "displayName": "Alice"}
    assert summary["handRaised"] is True


async def test_change_is_told_with_its_summary(cast: Cast) -> None:
    alices = await in_database(connected, cast.alice, cast.lamp)
    async with watching(cast.rivera) as feed:
        await feed.snapshot()
        await in_database(hand, alices, raised=True)
        await changed(alices.session_id)
        frame = await feed.next()
    assert frame["type"] == "SESSION_CHANGED"
    assert set(frame["payload"]) == {"summary"}
    assert frame["payload"]["summary"]["handRaised"] is True


async def test_change_is_told_though_its_notice_was_lost(cast: Cast) -> None:
    alices = await in_database(connected, cast.alice, cast.lamp)
    async with watching(cast.rivera) as feed:
        await feed.snapshot()
        await in_database(hand, alices, raised=True)
        async with asyncio.timeout(10):
            frame = await feed.next()
    assert frame["payload"]["summary"]["handRaised"] is True


async def test_new_session_appears(cast: Cast) -> None:
    async with watching(cast.rivera) as feed:
        assert await feed.snapshot() == []
        bobs = await in_database(connected, cast.bob, cast.lamp)
        carols = await in_database(connected, cast.carol, cast.lamp)
        await changed(bobs.session_id)
        await changed(carols.session_id)
        frame = await feed.next()
        assert frame["payload"]["summary"]["sessionId"] == bobs.session_id
        await feed.send('{"type": "HEARTBEAT"}')
        assert (await feed.next())["type"] == "HEARTBEAT_ACK"


async def test_busy_session_is_told_at_most_once_a_second_and_the_newest_wins(cast: Cast) -> None:
    alices = await in_database(connected, cast.alice, cast.lamp)
    at: list[float] = []
    last = 0
    async with watching(cast.rivera) as feed:
        await feed.snapshot()
        writer = asyncio.create_task(_read_on(alices, 60))
        while last < 60:
            frame = await feed.until("SESSION_CHANGED")
            at.append(time.monotonic())
            assert frame["payload"]["summary"]["wordIndex"] > last
            last = frame["payload"]["summary"]["wordIndex"]
        await writer
    assert len(at) <= 6
    assert all(after - before > 0.95 for before, after in pairwise(at))


async def _read_on(open_: Open, words: int) -> None:
    for word in range(1, words + 1):
        await in_database(read_to, open_, word)
        await changed(open_.session_id)
        await asyncio.sleep(0.03)


async def test_cards_come_for_the_page_that_asks_for_them(cast: Cast) -> None:
    alices = await in_database(connected, cast.alice, cast.lamp)
    async with (
        watching(cast.rivera, cards="names") as named,
        watching(cast.rivera, cards="projector") as shown,
    ):
        await named.snapshot()
        await shown.snapshot()
        await in_database(hand, alices, raised=True)
        await changed(alices.session_id)
        html = (await named.until("SESSION_CHANGED"))["payload"]["html"]
        projected = (await shown.until("SESSION_CHANGED"))["payload"]["html"]
    assert "Alice" in html
    assert "Hand up" in html
    assert "Alice" not in projected
    assert "Hand up" not in projected
    assert re.search(r"Reader [12]<", projected)


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "RAISE_HAND", "payload": {}}',
        '{"type": "READING_PROGRESS", "payload": {"wordIndex": 3}}',
        '{"type": "COMPLETE_SESSION"}',
        "not json",
        "[]",
        '{"type": {}}',
    ],
)
async def test_anything_but_a_heartbeat_is_read_only(cast: Cast, text: str) -> None:
    await in_database(connected, cast.alice, cast.lamp)
    before = await in_database(lambda: list(Session.objects.values_list()))
    async with watching(cast.rivera) as feed:
        await feed.snapshot()
        await feed.send(text)
        frame = await feed.next()
        assert frame["type"] == "ERROR"
        assert frame["payload"]["code"] == "read_only"
        await feed.send('{"type": "HEARTBEAT"}')
        assert await feed.next() == {"type": "HEARTBEAT_ACK", "version": 3, "payload": {}}
    assert await in_database(lambda: list(Session.objects.values_list())) == before


@pytest.mark.parametrize("who", ["okafor", "lund", "alice", "staff"])
async def test_class_of_another_closes_with_4404(cast: Cast, who: str) -> None:
    user = cast.alice.user if who == "alice" else getattr(cast, who)
    for class_id in ("room-12", "room-99"):
        async with watching(user, class_id) as feed:
            frames, code = await feed.closing()
        assert ([frame["payload"]["code"] for frame in frames], code) == (["not_found"], 4404)


async def test_signed_out_or_with_a_ticket_for_elsewhere_closes_with_4401(cast: Cast) -> None:
    offers = [(), ("readerai.v1", "ticket.nothing")]
    for offered in offers:
        async with knock("/ws/classes/room-12", subprotocols=offered) as feed:
            frames, code = await feed.closing()
        assert ([frame["payload"]["code"] for frame in frames], code) == (["not_signed_in"], 4401)


async def test_browser_is_let_in_by_its_login_and_its_own_origin(cast: Cast) -> None:
    cookie = await in_database(_cookie, cast.rivera)
    for origin, code in ((b"http://localhost", None), (b"http://elsewhere", 4401)):
        headers = [(b"cookie", cookie), (b"origin", origin)]
        async with knock("/ws/classes/room-12", headers=headers) as feed:
            if code is None:
                assert await feed.snapshot() == []
            else:
                assert (await feed.closing())[1] == code


def _cookie(user: User) -> bytes:
    client = Client()
    client.force_login(user)
    client.get("/teachers/")
    return f"readerai_session={client.cookies['readerai_session'].value}".encode()


def _end_sign_ins(cast: Cast) -> None:
    SignIn.objects.filter(user=cast.rivera).update(ended_at="2026-01-01T00:00Z")


def _disable(cast: Cast) -> None:
    User.objects.filter(pk=cast.rivera.pk).update(is_active=False)


def _leave_class(cast: Cast) -> None:
    cast.room_12.teachers.remove(cast.rivera)


def _end_class(cast: Cast) -> None:
    cast.room_12.is_active = False
    cast.room_12.save()


@pytest.mark.parametrize(
    ("what", "code"),
    [(_end_sign_ins, 4401), (_disable, 4401), (_leave_class, 4404), (_end_class, 4404)],
)
async def test_whoever_may_not_look_any_more_is_sent_away(
    cast: Cast, what: object, code: int
) -> None:
    assert callable(what)
    async with watching(cast.rivera) as feed:
        await feed.snapshot()
        await in_database(what, cast)
        async with asyncio.timeout(5):
            assert (await feed.closing())[1] == code


async def test_child_who_leaves_the_class_is_gone_from_the_next_snapshot(cast: Cast) -> None:
    await in_database(connected, cast.alice, cast.lamp)
    await in_database(connected, cast.bob, cast.lamp)
    async with watching(cast.rivera) as feed:
        assert len(await feed.snapshot()) == 2
        await in_database(_unenrol, cast)
        async with asyncio.timeout(5):
            [left] = await _next_snapshot(feed)
    assert left["student"]["studentId"] == "alice"


def _unenrol(cast: Cast) -> None:
    Enrolment.objects.filter(student=cast.bob).update(ended_on="2026-01-01")


async def _next_snapshot(feed: Feed) -> list[dict[str, dict[str, str]]]:
    frame = await feed.until("CLASS_SNAPSHOT")
    sessions: list[dict[str, dict[str, str]]] = frame["payload"]["sessions"]
    return sessions


async def test_stopping_server_sends_everybody_away_to_come_back(cast: Cast) -> None:
    async with watching(cast.rivera) as feed:
        await feed.snapshot()
        await live_process().drain()
        frames, code = await feed.closing()
    assert ([frame["payload"]["code"] for frame in frames], code) == (["restarting"], 1012)
    async with watching(cast.rivera) as feed:
        assert (await feed.closing())[1] == 1012


async def test_look_costs_the_same_for_one_change_however_many_children_and_teachers(
    cast: Cast,
) -> None:
    from teachers.live import queries as looks

    sessions = [await in_database(connected, cast.alice, cast.lamp)]
    few = await in_database(_queries_of, looks.look_again, [sessions[0].session_id])
    for number in range(29):
        child = await in_database(make_student, f"child-{number}", cast.room_12)
        sessions.append(await in_database(connected, child, cast.lamp))
    many = await in_database(_queries_of, looks.look_again, [each.session_id for each in sessions])
    assert few == many
    whole = await in_database(_queries_of, looks.whole_look, cast.room_12.pk)
    assert whole <= few + 3


def _queries_of(look: object, *args: object) -> int:
    assert callable(look)
    with CaptureQueriesContext(connection) as queries:
        look(*args)
    return len(queries)


async def test_two_teachers_of_a_class_are_told_the_same(cast: Cast) -> None:
    await in_database(cast.room_12.teachers.add, cast.okafor)
    alices = await in_database(connected, cast.alice, cast.lamp)
    async with watching(cast.rivera) as first, watching(cast.okafor) as second:
        assert await first.snapshot() == await second.snapshot()
        await in_database(perform, alices.session_id, CompleteSession())
        await changed(alices.session_id)
        told = [(await each.until("SESSION_CHANGED"))["payload"] for each in (first, second)]
    assert told[0] == told[1]
    assert told[0]["summary"]["status"] == "completed"


async def test_only_what_changed_is_told(cast: Cast) -> None:
    await in_database(connected, cast.alice, cast.lamp)
    bobs = await in_database(connected, cast.bob, cast.lamp)
    async with watching(cast.rivera) as feed:
        await feed.snapshot()
        for raised in (True, False):
            await in_database(hand, bobs, raised=raised)
            await changed(bobs.session_id)
            frame = await feed.next()
            assert frame["payload"]["summary"]["sessionId"] == bobs.session_id
        await feed.send('{"type": "HEARTBEAT"}')
        assert (await feed.next())["type"] == "HEARTBEAT_ACK"
