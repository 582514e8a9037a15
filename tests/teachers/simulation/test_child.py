"""What a simulated child does."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from teachers.simulation.child import SimulatedChild, Temper
from teachers.simulation.class_run import ClassRun, simulate
from teachers.simulation.client import RestClient, SimulationFailed
from teachers.simulation.tally import SimulationTally

from .site import CHECKPOINT, Site


def test_same_seed_is_the_same_child() -> None:
    first, again = (vars(Temper(random.Random(7))) for _ in range(2))
    assert first == again
    assert vars(Temper(random.Random(8))) != first


def test_children_differ_as_children_do() -> None:
    tempers = [Temper(random.Random(seed)) for seed in range(200)]
    assert len({temper.screen for temper in tempers}) > 1
    assert {temper.has_two_tabs for temper in tempers} == {True, False}
    assert {temper.curiosity == 0 for temper in tempers} == {True, False}


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def read(
    http: aiohttp.ClientSession,
    site: Site,
    *,
    way: str = "reads silently",
    seconds: float = 30,
    seed: int = 1,
) -> SimulationTally:
    tally = SimulationTally()
    async with TestServer(site.app) as server:
        rest = RestClient(http, str(server.make_url("")).rstrip("/"))
        await rest.sign_in("alice", "right")
        deadline = asyncio.get_running_loop().time() + seconds
        child = SimulatedChild("alice", way, random.Random(seed), tally, second=0.002)
        await child.read(rest, deadline)
    return tally


async def test_book_is_read_forward_to_its_end_and_completed(http: aiohttp.ClientSession) -> None:
    site = Site()
    tally = await read(http, site)
    places = [
        frame["payload"]["wordIndex"]
        for frame in site.received
        if frame["type"] == "READING_PROGRESS"
    ]
    assert places == sorted(places)
    assert site.kinds[-1] == "COMPLETE_SESSION"
    assert (tally.sessions, tally.frames) == (1, len(site.received))


async def test_page_says_what_is_on_the_screen_and_that_the_child_is_there(
    http: aiohttp.ClientSession,
) -> None:
    site = Site()
    await read(http, site)
    said = [each["payload"] for each in site.received if each["type"] == "READING_PROGRESS"]
    assert all(payload["here"] is True for payload in said)
    assert {payload["seen"][1] for payload in said} == {10}
    assert len(said) > 225 / 5  # every five seconds, though nothing moves


async def test_listener_says_that_the_voice_plays(http: aiohttp.ClientSession) -> None:
    site = Site()
    await read(http, site, way="listens")
    said = [each["payload"] for each in site.received if each["type"] == "READING_PROGRESS"]
    assert any(payload["isPlaying"] and payload["audioTimestamp"] > 0 for payload in said)


async def test_stuck_child_raises_a_hand(http: aiohttp.ClientSession) -> None:
    site = Site()
    await read(http, site, way="gets stuck")
    assert site.kinds.count("RAISE_HAND") == 1


async def test_question_in_the_book_is_answered_before_reading_on(
    http: aiohttp.ClientSession,
) -> None:
    due = {"type": "PAUSE_FOR_CHECKPOINT", "payload": {**CHECKPOINT, "choices": ["rust", "gold"]}}
    site = Site({"READING_PROGRESS": [due]})
    tally = await read(http, site)
    at = site.kinds.index("CHECKPOINT_ANSWER")
    assert site.received[at]["payload"]["answer"] in {"rust", "gold"}
    assert site.kinds[at + 1] == "RESUME_READING"
    assert tally.checkpoints == site.kinds.count("CHECKPOINT_ANSWER")


async def test_server_that_closes_is_no_end_of_a_book(http: aiohttp.ClientSession) -> None:
    site = Site()
    site.close_after = 1
    with pytest.raises(SimulationFailed, match=r"closed the socket \(4000\)"):
        await read(http, site)


async def test_whole_class_reads_and_who_cannot_is_named() -> None:
    site = Site()
    site.students = ["alice", "bob", "carol"]
    async with TestServer(site.app) as server:
        run = ClassRun(
            url=str(server.make_url("")).rstrip("/"),
            teacher="ms-rivera",
            class_id="room-12",
            password="right",
            children=2,
            seconds=5,
            seed=1,
        )
        tally = await simulate(run)
        assert (tally.sessions, tally.failures) == (2, [])
        site.close_after = 1
        assert len((await simulate(run)).failures) == 2


async def test_class_of_nobody_cannot_read() -> None:
    site = Site()
    site.students = []
    async with TestServer(site.app) as server:
        url = str(server.make_url("")).rstrip("/")
        with pytest.raises(SimulationFailed, match=r"Nobody is in room-12\."):
            await simulate(ClassRun(url, "ms-rivera", "room-12", "right", 2, 1, 1))


def test_tally_is_told_in_a_sentence() -> None:
    assert str(SimulationTally(sessions=4, frames=20, questions=2, answers=1)) == (
        "4 children read: 20 messages, 2 questions (1 answered), 0 answers to questions in books."
    )
