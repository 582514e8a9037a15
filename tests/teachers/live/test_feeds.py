"""The live feed of a class, from the socket's outer end."""

from __future__ import annotations

import asyncio
import re
import time
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from readerai.accounts.models import Enrolment, SignIn, User
from sessions_app.live.groups import class_group
from sessions_app.live.process.process import live_process
from sessions_app.live.saving.database import in_database
from sessions_app.messages import LowerHand, RaiseHand
from sessions_app.models import Session
from teachers.live import snapshot
from tests.readerai.accounts.people import make_student
from tests.sessions_app.cast import Cast, start
from tests.teachers.feeds import Feed, watching
from tests.teachers.readings import Open, complete, connected, read_to, whole_reading


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


async def test_first_frame_is_a_snapshot_of_the_class_alone(shared_cast: Cast) -> None:
    alices = await in_database(whole_reading, shared_cast, shared_cast.alice)
    await in_database(start, shared_cast.carol, shared_cast.lamp)
    async with watching(shared_cast.rivera) as feed:
        [summary] = await feed.snapshot()
    assert summary["sessionId"] == alices.session_id
    assert summary["student"] == {"studentId": "alice", "displayName": "Alice"}
    assert summary["handRaised"] is True


async def test_change_is_told_with_its_summary(shared_cast: Cast) -> None:
    alices = await in_database(connected, shared_cast.alice, shared_cast.lamp)
    async with watching(shared_cast.rivera) as feed:
        await feed.snapshot()
        await in_database(hand, alices, raised=True)
        await changed(alices.session_id)
        frame = await feed.next()
    assert frame["type"] == "SESSION_CHANGED"
    assert set(frame["payload"]) == {"summary"}
    assert frame["payload"]["summary"]["handRaised"] is True


async def test_change_is_told_though_its_notice_was_lost(shared_cast: Cast) -> None:
    alices = await in_database(connected, shared_cast.alice, shared_cast.lamp)
    async with watching(shared_cast.rivera) as feed:
        await feed.snapshot()
        await in_database(hand, alices, raised=True)
        async with asyncio.timeout(10):
            frame = await feed.next()
    assert frame["payload"]["summary"]["handRaised"] is True


async def test_new_session_appears(shared_cast: Cast) -> None:
    async with watching(shared_cast.rivera) as feed:
        assert await feed.snapshot() == []
        bobs = await in_database(connected, shared_cast.bob, shared_cast.lamp)
        carols = await in_database(connected, shared_cast.carol, shared_cast.lamp)
        await changed(bobs.session_id)
        await changed(carols.session_id)
        frame = await feed.next()
        assert frame["payload"]["summary"]["sessionId"] == bobs.session_id
        await feed.send('{"type": "HEARTBEAT"}')
        assert (await feed.next())["type"] == "HEARTBEAT_ACK"


async def test_busy_session_is_told_once_a_second_and_the_newest_wins(
    shared_cast: Cast,
) -> None:
    alices = await in_database(connected, shared_cast.alice, shared_cast.lamp)
    at: list[float] = []
    last = 0
    async with watching(shared_cast.rivera) as feed:
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


async def test_cards_come_for_the_page_that_asks_for_them(shared_cast: Cast) -> None:
    alices = await in_database(connected, shared_cast.alice, shared_cast.lamp)
    async with (
        watching(shared_cast.rivera, cards="names") as named,
        watching(shared_cast.rivera, cards="projector") as shown,
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


def _end_sign_ins(shared_cast: Cast) -> None:
    SignIn.objects.filter(user=shared_cast.rivera).update(ended_at="2026-01-01T00:00Z")


def _disable(shared_cast: Cast) -> None:
    User.objects.filter(pk=shared_cast.rivera.pk).update(is_active=False)


def _leave_class(shared_cast: Cast) -> None:
    shared_cast.room_12.teachers.remove(shared_cast.rivera)


def _end_class(shared_cast: Cast) -> None:
    shared_cast.room_12.is_active = False
    shared_cast.room_12.save()


@pytest.mark.parametrize(
    ("what", "code"),
    [(_end_sign_ins, 4401), (_disable, 4401), (_leave_class, 4404), (_end_class, 4404)],
)
async def test_whoever_may_not_watch_any_more_is_sent_away(
    shared_cast: Cast, what: object, code: int
) -> None:
    assert callable(what)
    async with watching(shared_cast.rivera) as feed:
        await feed.snapshot()
        await in_database(what, shared_cast)
        async with asyncio.timeout(5):
            assert (await feed.closing())[1] == code


async def test_child_who_leaves_the_class_is_gone_from_the_next_snapshot(shared_cast: Cast) -> None:
    await in_database(connected, shared_cast.alice, shared_cast.lamp)
    await in_database(connected, shared_cast.bob, shared_cast.lamp)
    async with watching(shared_cast.rivera) as feed:
        assert len(await feed.snapshot()) == 2
        await in_database(_unenrol, shared_cast)
        async with asyncio.timeout(5):
            [left] = await _next_snapshot(feed)
    assert left["student"]["studentId"] == "alice"


def _unenrol(shared_cast: Cast) -> None:
    Enrolment.objects.filter(student=shared_cast.bob).update(ended_on="2026-01-01")


async def _next_snapshot(feed: Feed) -> list[dict[str, dict[str, str]]]:
    frame = await feed.until("CLASS_SNAPSHOT")
    sessions: list[dict[str, dict[str, str]]] = frame["payload"]["sessions"]
    return sessions


async def test_stopping_server_sends_everybody_away_to_come_back(shared_cast: Cast) -> None:
    async with watching(shared_cast.rivera) as feed:
        await feed.snapshot()
        await live_process().drain()
        frames, code = await feed.closing()
    assert ([frame["payload"]["code"] for frame in frames], code) == (["restarting"], 1012)
    async with watching(shared_cast.rivera) as feed:
        assert (await feed.closing())[1] == 1012


async def test_snapshot_takes_the_same_queries_however_many_children(
    shared_cast: Cast,
) -> None:
    sessions = [await in_database(connected, shared_cast.alice, shared_cast.lamp)]
    few = await in_database(_queries_of, snapshot.current_overviews, [sessions[0].session_id])
    for number in range(29):
        child = await in_database(make_student, f"child-{number}", shared_cast.room_12)
        sessions.append(await in_database(connected, child, shared_cast.lamp))
    ids = [open_.session_id for open_ in sessions]
    many = await in_database(_queries_of, snapshot.current_overviews, ids)
    assert few == many
    whole = await in_database(_queries_of, snapshot.class_snapshot, shared_cast.room_12.pk)
    assert whole <= few + 3


def _queries_of(read: object, *args: object) -> int:
    assert callable(read)
    with CaptureQueriesContext(connection) as queries:
        read(*args)
    return len(queries)


async def test_two_teachers_of_a_class_are_told_the_same(shared_cast: Cast) -> None:
    await in_database(shared_cast.room_12.teachers.add, shared_cast.okafor)
    alices = await in_database(connected, shared_cast.alice, shared_cast.lamp)
    async with watching(shared_cast.rivera) as first, watching(shared_cast.okafor) as second:
        assert await first.snapshot() == await second.snapshot()
        await in_database(complete, alices)
        await changed(alices.session_id)
        told = [(await each.until("SESSION_CHANGED"))["payload"] for each in (first, second)]
    assert told[0] == told[1]
    assert told[0]["summary"]["status"] == "completed"


async def test_only_what_changed_is_told(shared_cast: Cast) -> None:
    await in_database(connected, shared_cast.alice, shared_cast.lamp)
    bobs = await in_database(connected, shared_cast.bob, shared_cast.lamp)
    async with watching(shared_cast.rivera) as feed:
        await feed.snapshot()
        for raised in (True, False):
            await in_database(hand, bobs, raised=raised)
            await changed(bobs.session_id)
            frame = await feed.next()
            assert frame["payload"]["summary"]["sessionId"] == bobs.session_id
        await feed.send('{"type": "HEARTBEAT"}')
        assert (await feed.next())["type"] == "HEARTBEAT_ACK"
