"""A reader's end of the protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp.test_utils import TestServer, unused_port

from teachers.simulation.client import (
    ReadingSocket,
    RestClient,
    SimulationFailed,
    reading_socket,
)

from .site import BOOK, CHECKPOINT, WORDS, Site


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_words_of_a_book_are_by_position(http: aiohttp.ClientSession) -> None:
    async with TestServer(Site().app) as server:
        rest = RestClient(http, str(server.make_url("")).rstrip("/"))
        await rest.sign_in("alice", "right")
        assert await rest.words_of(BOOK) == WORDS


async def test_refusal_is_told_in_the_servers_own_words(http: aiohttp.ClientSession) -> None:
    async with TestServer(Site().app) as server:
        rest = RestClient(http, str(server.make_url("")).rstrip("/"))
        with pytest.raises(SimulationFailed, match=r"alice cannot sign in.*They do not match\."):
            await rest.sign_in("alice", "wrong")


async def test_address_where_nobody_answers_is_told(http: aiohttp.ClientSession) -> None:
    rest = RestClient(http, f"http://127.0.0.1:{unused_port()}")
    with pytest.raises(SimulationFailed, match="There is no ReaderAI at"):
        await rest.call("GET", "/books")


async def test_address_of_something_else_is_told(http: aiohttp.ClientSession) -> None:
    async with TestServer(Site().app) as server:
        rest = RestClient(http, str(server.make_url("/elsewhere")))
        with pytest.raises(SimulationFailed, match="There is no ReaderAI at"):
            await rest.call("GET", "/books")


@asynccontextmanager
async def connected(http: aiohttp.ClientSession, site: Site) -> AsyncIterator[ReadingSocket]:
    async with TestServer(site.app) as server:
        rest = RestClient(http, str(server.make_url("")).rstrip("/"))
        await rest.sign_in("alice", "right")
        started = await rest.call("POST", "/sessions", {"bookId": "the-lamp"})
        async with reading_socket(http, started) as socket:
            yield socket


@pytest.mark.parametrize(
    ("reply", "answers"), [("INTERRUPTION_RESPONSE", 1), ("INTERRUPTION_ERROR", 0)]
)
async def test_question_waits_for_what_comes_of_it(
    http: aiohttp.ClientSession, reply: str, answers: int
) -> None:
    site = Site({"STUDENT_INTERRUPTION": [{"type": reply, "payload": {}}]})
    async with connected(http, site) as socket:
        await socket.ask("Why?", {"book": "the-lamp"})
        assert (socket.answers, socket.frames) == (answers, 1)
    [frame] = site.received
    assert (frame["id"], frame["sessionId"]) == (1, "s")
    assert frame["payload"] == {"questionText": "Why?", "context": {"book": "the-lamp"}}


async def test_question_to_a_server_that_closes_does_not_wait(http: aiohttp.ClientSession) -> None:
    site = Site()
    site.close_after = 1
    async with connected(http, site) as socket:
        await socket.ask("Why?", {})
        assert (socket.closed, socket.close_code) == (True, 4000)


async def test_question_in_the_book_is_due_until_it_is_answered(
    http: aiohttp.ClientSession,
) -> None:
    due = {"type": "PAUSE_FOR_CHECKPOINT", "payload": CHECKPOINT}
    site = Site({"STUDENT_INTERRUPTION": [due, {"type": "INTERRUPTION_ERROR", "payload": {}}]})
    async with connected(http, site) as socket:
        await socket.answer_checkpoint("nothing is due")
        await socket.ask("Why?", {})
        assert socket.due_checkpoint == CHECKPOINT
        await socket.answer_checkpoint("the lamp")
        assert socket.due_checkpoint is None
        await socket.send("COMPLETE_SESSION", {})
        await socket.wait_closed(5)
    assert site.kinds == ["STUDENT_INTERRUPTION", "CHECKPOINT_ANSWER", "COMPLETE_SESSION"]
    assert site.received[1]["payload"] == {"checkpointId": "c1", "answer": "the lamp"}
