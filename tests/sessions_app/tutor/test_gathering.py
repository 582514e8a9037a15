"""Tokens become frames: the first at once, the others together."""

import asyncio
from contextlib import aclosing

import pytest

from sessions_app.tutor.claude.gathering import Gathered


async def test_what_comes_together_goes_together() -> None:
    async def read(into: Gathered) -> None:
        into.put("one ")
        await asyncio.sleep(0.01)
        for _ in range(20):
            into.put("more ")
            await asyncio.sleep(0)

    frames = [text async for text in Gathered().frames(read)]
    assert frames == ["one ", "more " * 20]


async def test_what_came_is_handed_on_before_the_failure() -> None:
    async def read(into: Gathered) -> None:
        into.put("one")
        raise ValueError("broke off")

    frames = Gathered().frames(read)
    assert await anext(frames) == "one"
    with pytest.raises(ValueError, match="broke off"):
        await anext(frames)


async def test_whoever_stops_listening_ends_the_reading() -> None:
    ended = asyncio.Event()

    async def read(into: Gathered) -> None:
        try:
            into.put("one")
            await asyncio.sleep(3600)
        finally:
            ended.set()

    async with aclosing(Gathered().frames(read)) as frames:
        assert await anext(frames) == "one"
    assert ended.is_set()


async def test_nothing_read_is_nothing_told() -> None:
    async def read(_: Gathered) -> None:
        await asyncio.sleep(0)

    assert [text async for text in Gathered().frames(read)] == []
