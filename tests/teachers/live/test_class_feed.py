"""One class that is watched: what is shown of it when sessions change and children move."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from readerai.accounts.models import Classroom, Enrolment
from sessions_app.live.saving.database import in_database
from sessions_app.messages import RaiseHand
from sessions_app.models import Session
from teachers.classes import class_of
from teachers.live import snapshot
from teachers.live.class_feed import ClassFeed
from teachers.live.viewer import Viewer
from tests.sessions_app.cast import Cast, sign_in
from tests.teachers.readings import Open, connected


class Wire:
    """What a viewer was sent."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []

    async def send(self, text: str) -> None:
        self.frames.append(json.loads(text))

    async def close(self, code: int) -> None:
        raise AssertionError(code)


async def watched(cast: Cast) -> tuple[ClassFeed, Wire]:
    classroom: Classroom = await in_database(class_of, cast.rivera, "room-12")
    feed, wire = ClassFeed(classroom), Wire()
    feed.viewers.add(Viewer(wire, await in_database(sign_in, cast.rivera), "names"))
    return feed, wire


async def change(feed: ClassFeed, *readings: Open) -> None:
    ids = [open_.session_id for open_ in readings]
    await feed.update(await in_database(snapshot.current_overviews, ids))


def raise_hand(open_: Open) -> None:
    open_.say(RaiseHand())


def numbers(feed: ClassFeed) -> dict[str, int]:
    return {session: revision.number for session, revision in feed.shown.revisions.items()}


async def test_reload_of_what_did_not_change_is_no_new_revision(shared_cast: Cast) -> None:
    await in_database(connected, shared_cast.alice, shared_cast.lamp)
    feed, _ = await watched(shared_cast)
    await feed.reload()
    before = numbers(feed)
    await feed.reload()
    assert numbers(feed) == before


async def test_reloads_that_are_asked_for_together_are_one(shared_cast: Cast) -> None:
    feed, _ = await watched(shared_cast)
    await asyncio.gather(*(feed.reload() for _ in range(10)))
    assert feed._reloads_begun <= 2


async def test_change_of_one_session_is_a_revision_of_that_alone(shared_cast: Cast) -> None:
    alices = await in_database(connected, shared_cast.alice, shared_cast.lamp)
    bobs = await in_database(connected, shared_cast.bob, shared_cast.lamp)
    feed, _ = await watched(shared_cast)
    await feed.reload()
    before = numbers(feed)
    await in_database(raise_hand, alices)
    await change(feed, alices, bobs)
    assert numbers(feed)[alices.session_id] > before[alices.session_id]
    assert numbers(feed)[bobs.session_id] == before[bobs.session_id]


async def test_session_of_another_class_is_passed_over(shared_cast: Cast) -> None:
    carols = await in_database(connected, shared_cast.carol, shared_cast.lamp)
    feed, _ = await watched(shared_cast)
    await feed.reload()
    await change(feed, carols)
    assert feed.session_ids == set()


async def test_card_goes_with_the_child_to_another_book(shared_cast: Cast) -> None:
    first = await in_database(connected, shared_cast.alice, shared_cast.lamp)
    feed, _ = await watched(shared_cast)
    await feed.reload()
    second = await in_database(connected, shared_cast.alice, shared_cast.our_hill)
    await change(feed, second)
    html = {session: each.html for session, each in feed.shown.revisions.items()}
    assert html[first.session_id] is None
    assert "Our Hill" in (html[second.session_id] or {})["names"]


async def test_class_without_viewers_of_cards_makes_none(shared_cast: Cast) -> None:
    alices = await in_database(connected, shared_cast.alice, shared_cast.lamp)
    feed, _ = await watched(shared_cast)
    feed.viewers.clear()
    await feed.reload()
    assert feed.shown.revisions[alices.session_id].html == {}


async def test_child_who_left_is_noticed_and_everybody_gets_a_snapshot(shared_cast: Cast) -> None:
    await in_database(connected, shared_cast.bob, shared_cast.lamp)
    feed, wire = await watched(shared_cast)
    await feed.reload()
    assert not await feed.members_changed()
    await in_database(Enrolment.objects.filter(student=shared_cast.bob).delete)
    assert await feed.members_changed()
    await feed.reload()
    await asyncio.sleep(0)
    [frame] = wire.frames
    assert frame["type"] == "CLASS_SNAPSHOT"
    assert frame["payload"] == {"sessions": [], "cards": [], "seats": 1}


async def test_session_that_is_gone_is_shown_no_more(shared_cast: Cast) -> None:
    alices = await in_database(connected, shared_cast.alice, shared_cast.lamp)
    feed, _ = await watched(shared_cast)
    await feed.reload()
    await in_database(Session.objects.filter(pk=alices.session_id).delete)
    await feed.reload()
    assert feed.session_ids == set()
