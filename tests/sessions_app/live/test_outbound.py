"""Frames go out in order, at once where they can; no more wait than a client may leave unread."""

from __future__ import annotations

import asyncio

import pytest

from sessions_app.live.budget import MOST_UNSENT, MemoryBudget
from sessions_app.live.outbound import MAX_UNREAD, Outbound


class Wire:
    """Takes frames; while ``full`` it lets them wait."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.full = asyncio.Event()
        self.full.set()
        self.broken = False

    async def send(self, text: str) -> None:
        await self.full.wait()
        if self.broken:
            raise OSError
        self.sent.append(text)

    async def close(self, code: int) -> None:
        """Nothing to do."""


@pytest.fixture
async def wire() -> Wire:
    return Wire()


async def test_what_the_network_takes_is_sent_without_a_task(wire: Wire) -> None:
    out = Outbound(wire, MemoryBudget())
    out.push("one")
    out.push("two")
    assert wire.sent == ["one", "two"]


async def test_what_has_to_wait_keeps_its_order(wire: Wire) -> None:
    budget = MemoryBudget()
    out = Outbound(wire, budget)
    wire.full.clear()
    for text in ("one", "two", "three"):
        out.push(text)
    assert wire.sent == []
    assert budget.unsent == len("onetwothree")
    wire.full.set()
    await out.flushed()
    out.push("four")
    assert wire.sent == ["one", "two", "three", "four"]
    assert budget.unsent == 0


async def test_abandoned_frames_are_not_sent_and_not_counted(wire: Wire) -> None:
    budget = MemoryBudget()
    out = Outbound(wire, budget)
    wire.full.clear()
    out.push("one")
    out.abandon()
    wire.full.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (wire.sent, budget.unsent) == ([], 0)


async def test_client_that_is_gone_breaks_the_line(wire: Wire) -> None:
    out = Outbound(wire, MemoryBudget())
    wire.broken = True
    out.push("one")
    assert out.stalled(0.0)


@pytest.mark.parametrize(
    "frames", [["x"] * (MAX_UNREAD + 1), ["x" * (MOST_UNSENT // 2)] * 3], ids=["many", "long"]
)
async def test_no_more_is_kept_than_may_be_left_unread(wire: Wire, frames: list[str]) -> None:
    budget = MemoryBudget()
    out = Outbound(wire, budget)
    wire.full.clear()
    for text in frames:
        out.push(text)
    assert out.stalled(0.0)
    assert budget.unsent == 0
    out.abandon()
