"""Lines that die in each of the ways that lines die, under a real page: who notices, and when.

    python -m tests.e2e.dying_lines [CASE…]

Takes about six minutes. A child listens behind a proxy of their own; the line dies. A row for each
case says after how many seconds the page said so, after how many the server had nobody there any
more, and how long it took from the line's mending until the place was saved. The first case is the
control: a line that stays open, on which nobody may notice anything.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final

from playwright.async_api import Browser, Error, Page, async_playwright

from tests.e2e.children import open_book
from tests.e2e.played import say, sign_in
from tests.e2e.reader import STORY
from tests.services.chrome import OPTIONS, chromium
from tests.services.line import Line, State, line_to
from tests.services.server import Server, demo_data

#: Nobody is waited for longer; PROTOCOL allows 25.
PATIENCE: Final = 60.0
CHILDREN: Final = ("alice-123", "bob-456", "carol-789", "mateo-118", "yuki-127", "freya-142")


@dataclass(frozen=True)
class Case:
    """``first`` is the line's state when the page opens, ``then`` what it becomes."""

    name: str
    then: State
    sockets: bool = True
    first: State = "open"
    is_wall: bool = False

    @property
    def changes(self) -> bool:
        """Whether there is something to notice, or, on the line that stays open, nothing."""
        return self.first != self.then or self.then == "open"


CASES: Final = (
    Case("socket, stays open", "open"),
    Case("socket, silent", "silent"),
    Case("socket, half-open (deaf)", "deaf"),
    Case("stream, silent", "silent", sockets=False),
    Case("stream, half-open (deaf)", "deaf", sockets=False),
    Case("stream, a portal takes the posts", "portal", sockets=False),
    Case("stream, held back from now on", "holding", sockets=False),
    Case("stream held back from the start", "holding", sockets=False, first="holding"),
    Case("polling, silent", "silent", sockets=False, first="holding"),
    Case("a class's wall, silent", "silent", is_wall=True),
    Case("a class's wall, half-open (deaf)", "deaf", is_wall=True),
)


@dataclass
class Noticed:
    """Seconds; None where it did not come within ``PATIENCE``."""

    page: float | None = None
    server: float | None = None
    back: float | None = None
    note: str = ""


async def seconds_until(holds: Callable[[], Awaitable[bool]], since: float) -> float | None:
    while monotonic() - since < PATIENCE:
        with suppress(Error):
            if await holds():
                return monotonic() - since
        await asyncio.sleep(0.25)
    return None


class Watched:
    """A child's page behind a line, and a second page of theirs that asks the server directly."""

    def __init__(self, page: Page, beside: Page) -> None:
        self.page, self.beside = page, beside
        self.session = page.url.rsplit("/", 1)[-1]

    async def says_so(self) -> bool:
        text = await self.page.locator("#calm-line").text_content(timeout=1000)
        return "No connection just now" in (text or "")

    async def place(self) -> int:
        mark = self.page.locator("#text .w.now").first
        return int(await mark.get_attribute("data-w", timeout=1000) or 0)

    async def asked(self, address: str) -> Any:
        return await (await self.beside.request.get(address)).json()

    async def saved(self) -> int:
        state = await self.asked(f"/api/sessions/{self.session}")
        return int(state["currentPosition"]["wordIndex"])

    async def is_gone(self) -> bool:
        items = (await self.asked("/api/sessions?limit=100"))["items"]
        return not next(item["online"] for item in items if item["sessionId"] == self.session)


async def watch(child: Watched, line: Line, case: Case) -> Noticed:
    """Let the line die, wait until both ends have noticed, and mend it."""
    told = Noticed()
    died = monotonic()
    if case.changes:
        line.become(case.then)
        told.page, told.server = await asyncio.gather(
            seconds_until(child.says_so, died), seconds_until(child.is_gone, died)
        )
        told.note = f"page at word {await child.place()}, server at {await child.saved()}"
    mended = died
    if case.then not in {"holding", "open"}:
        line.become(case.first)
    if case.then != "holding":
        mended = monotonic()
    read_here = await child.place() + 1

    async def is_saved() -> bool:
        return await child.saved() >= read_here

    told.back = await seconds_until(is_saved, mended)
    return told


async def play(browser: Browser, site: Server, case: Case, name: str) -> Noticed:
    if case.is_wall:
        return await play_wall(browser, site, case)
    with line_to(site.port, sockets=case.sockets) as line:
        line.become(case.first)
        beside = await sign_in(browser, site.url, name)
        page = await sign_in(browser, line.url, name)
        await open_book(page, STORY)
        await page.locator("[data-control=play]").click()
        child = Watched(page, beside)
        try:
            if case.changes and not await seconds_until(lambda: _has_read(child), monotonic()):
                return Noticed(note="nothing was saved while the line was open")
            return await watch(child, line, case)
        finally:
            line.become("cut")
            await page.context.close()
            await beside.context.close()


async def play_wall(browser: Browser, site: Server, case: Case) -> Noticed:
    """A teacher watches their class; nobody but the page can tell that nothing comes any more."""
    with line_to(site.port, sockets=case.sockets) as line:
        page = await sign_in(browser, line.url, "ms-rivera")
        await page.goto("/teachers/classes/room-12")
        alive = page.locator("[data-alive]")

        async def is_live() -> bool:
            return await alive.text_content(timeout=1000) == "Live"

        async def is_not() -> bool:
            return not await is_live()

        await seconds_until(is_live, monotonic())
        line.become(case.then)
        told = Noticed(page=await seconds_until(is_not, monotonic()))
        told.note = f"says “{await alive.text_content()}”"
        line.become("open")
        told.back = await seconds_until(is_live, monotonic())
        await page.context.close()
        return told


async def _has_read(child: Watched) -> bool:
    return await child.saved() >= 3


def _told(seconds: float | None) -> str:
    return "not within 60 s" if seconds is None else f"{seconds:.0f} s"


async def run(site: Server, cases: list[Case]) -> None:
    path, environment = chromium()
    say(
        "| line | page | server | saved again after | at the end |\n| --- | --- | --- | --- | --- |"
    )
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=OPTIONS, env={**os.environ, **environment}
        )
        for first in range(0, len(cases), len(CHILDREN)):
            some = cases[first : first + len(CHILDREN)]
            playing = (play(browser, site, *each) for each in zip(some, CHILDREN, strict=False))
            for case, told in zip(some, await asyncio.gather(*playing), strict=True):
                page = _told(told.page) if case.changes else "–"
                server = _told(told.server) if case.changes and not case.is_wall else "–"
                noticed = f"{page} | {server} | {_told(told.back)}"
                say(f"| {case.name} | {noticed} | {told.note} |")
        await browser.close()


def main(names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        site = Server(demo_data(Path(folder) / "demo"))
        site.start()
        try:
            asyncio.run(run(site, [case for case in CASES if not names or case.name in names]))
        finally:
            site.close()


if __name__ == "__main__":
    main(sys.argv[1:])
