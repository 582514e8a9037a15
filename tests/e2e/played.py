"""Children at real pages, in real time: what was done beside what everybody is told of it.

    python -m tests.e2e.played

Takes about five minutes. Each child does one thing in a browser of their own; then the API, the
child's page, the teacher's report and the letter home are asked what they say of it.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from tests.e2e.reader import LONG_STORY, PASSWORD, STORY
from tests.services.chrome import OPTIONS, chromium
from tests.services.server import Server, demo_data

SIZE: Final[ViewportSize] = {"width": 1280, "height": 800}


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@dataclass
class Played:
    """What a child did: seconds and words of reading and of hearing, as far as anybody can tell."""

    read_time: float = 0.0
    read_words: int = 0
    heard_time: float = 0.0
    heard_words: int = 0
    note: str = ""


class Child:
    """One child with a book open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done = Played()

    async def seen(self) -> tuple[int, int]:
        """The first and the last word on the screen, measured apart from the page's own way."""
        first, last = await self.page.evaluate(
            """() => {
                const style = getComputedStyle(document.body);
                const px = (name) => parseFloat(style.getPropertyValue(name)) || 0;
                const top = px("--covered-top"), bottom = innerHeight - px("--covered-bottom");
                const shown = [...document.querySelectorAll("#text .w")].filter((word) => {
                    const box = word.getBoundingClientRect();
                    return box.top >= top - 3 && box.bottom <= bottom + 3;
                }).map((word) => Number(word.dataset.w));
                return [Math.min(...shown), Math.max(...shown)];
            }"""
        )
        return int(first), int(last)

    async def word(self) -> int:
        """Where the marker is."""
        marked = self.page.locator("#text .w.now").first
        return int(await marked.get_attribute("data-w") or 0)

    async def turn(self) -> None:
        """Scroll until the next word stands at the top."""
        _, last = await self.seen()
        next_word = self.page.locator(f"#text .w[data-w='{last + 1}']")
        box = await next_word.bounding_box()
        if box is None:
            return
        top = await self.page.evaluate(
            "parseFloat(getComputedStyle(document.body).getPropertyValue('--covered-top')) || 0"
        )
        await self.page.mouse.wheel(0, box["y"] - top)
        await asyncio.sleep(1.2)
        await self.put_question_away()

    async def put_question_away(self) -> None:
        """Nobody here answers a checkpoint that comes due."""
        look = self.page.locator("#checkpoint[open]").get_by_role("button", name="Look at the page")
        if await look.is_visible():
            await look.click()

    async def read_screens(self, seconds_each: float, screens: int) -> None:
        """Read screen after screen, silently."""
        for _ in range(screens):
            first, last = await self.seen()
            began = monotonic()
            await asyncio.sleep(seconds_each)
            self.done.read_time += monotonic() - began
            self.done.read_words += last + 1 - first
            await self.turn()

    async def listen(self, seconds: float) -> None:
        """Have the book read aloud from where the child is; checkpoints are put away."""
        await self.page.locator("[data-control=play]").click()
        await self.hear(seconds, await self.word())

    async def hear(self, seconds: float, first: int) -> None:
        """Listen to the voice that reads from word ``first``, and stop it."""
        play, end = self.page.locator("[data-control=play]"), monotonic() + seconds
        began = monotonic()
        while monotonic() < end:
            await asyncio.sleep(0.5)
            if await self.page.locator("#checkpoint[open]").is_visible():
                self.done.heard_time += monotonic() - began
                await self.put_question_away()
                await play.click()
                began = monotonic()
        await self.put_question_away()
        await play.click()
        self.done.heard_time += monotonic() - began
        self.done.heard_words += await self.word() - first


async def silent_45(child: Child) -> None:
    await child.read_screens(45, 5)


async def silent_90(child: Child) -> None:
    await child.read_screens(90, 3)


async def listener(child: Child) -> None:
    await child.listen(120)


async def skimmer(child: Child) -> None:
    for _ in range(12):
        await child.turn()
    child.done.note = "12 screens at 1 s"


async def jumper(child: Child) -> None:
    for chapter in (1, 2, 0, 2):
        await child.put_question_away()
        await child.page.locator("[data-control=contents]").click()
        await (
            child.page.locator("#contents .contents button, #contents .contents a")
            .nth(chapter)
            .click()
        )
        await asyncio.sleep(2)
    child.done.note = "4 jumps, 2 s each"


async def pause_and_read_from_here(child: Child) -> None:
    await child.listen(30)
    await asyncio.sleep(20)
    await child.turn()
    await child.turn()
    first, _ = await child.seen()
    await child.page.locator(f"#text .w[data-w='{first + 5}']").click()
    await child.page.get_by_role("button", name="Read from here").click()
    await child.hear(30, first + 5)
    child.done.note = "a pause of 20 s and a jump between"


async def walks_away(child: Child) -> None:
    await child.read_screens(45, 1)
    first, last = await child.seen()
    await asyncio.sleep(200)
    child.done.note = f"then 200 s before {last + 1 - first} words, untouched"


async def two_tabs(child: Child) -> None:
    other = await child.page.context.new_page()
    await other.goto(child.page.url)
    await other.locator("body.is-ready").wait_for()
    second = Child(other)
    await second.read_screens(45, 2)
    child.done.read_time = second.done.read_time
    child.done.read_words = second.done.read_words
    child.done.note = "the same book in two tabs"


async def two_books(child: Child) -> None:
    other = await child.page.context.new_page()
    await open_book(other, "hush-eggs")
    second = Child(other)
    await asyncio.gather(child.read_screens(45, 2), second.read_screens(45, 2))
    child.done.note = "a second book open beside it: its time counts once"


CHILDREN: Final[dict[str, Callable[[Child], Awaitable[None]]]] = {
    "alice-123": silent_45,
    "bob-456": silent_90,
    "carol-789": listener,
    "mateo-118": skimmer,
    "yuki-127": jumper,
    "freya-142": pause_and_read_from_here,
    "diego-155": walks_away,
    "priya-163": two_tabs,
    "oskar-174": two_books,
}


#: Only some stories have a narration in the tests' demo.
LISTENING: Final = (listener, pause_and_read_from_here)


async def open_book(page: Page, book: str = LONG_STORY) -> None:
    """Begin a story from its page."""
    await page.goto(f"/books/{book}")
    await page.locator(".ways-in button").click()
    await page.wait_for_url("**/read/session-*")
    await page.locator("body.is-ready").wait_for()
    await asyncio.sleep(1)


async def sign_in(browser: Browser, url: str, name: str) -> Page:
    context = await browser.new_context(
        base_url=url,
        viewport=SIZE,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    await page.goto("/login")
    await page.locator("#username").fill(name)
    await page.locator("#password").fill(PASSWORD)
    await page.locator("#password").press("Enter")
    await page.wait_for_url(re.compile("/(library|teachers)"))
    return page


async def play(browser: Browser, site: Server, name: str) -> tuple[Played, dict[str, Any]]:
    page = await sign_in(browser, site.url, name)
    await open_book(page, STORY if CHILDREN[name] in LISTENING else LONG_STORY)
    session = page.url.rsplit("/", 1)[-1]
    child = Child(page)
    await CHILDREN[name](child)
    await asyncio.sleep(3)
    state = await (await page.request.get(f"/api/sessions/{session}")).json()
    await page.context.close()
    return child.done, state


def row(name: str, done: Played, state: dict[str, Any]) -> str:
    told = state["reading"]
    speed = state["readingSpeed"]
    return (
        f"{CHILDREN[name].__name__:26} did: read {done.read_time:5.0f} s {done.read_words:4} words,"
        f" heard {done.heard_time:4.0f} s {done.heard_words:4} words; {done.note}\n"
        f"{'':26} told: read {told['readTime']:4.0f} s {told['readWords']:4} words,"
        f" heard {told['heardTime']:4.0f} s {told['heardWords']:4} words,"
        f" paged {told['pagedWords']}, covered {told['coveredWords']}, pace {speed}"
    )


async def run(site: Server, names: list[str]) -> None:
    path, environment = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=OPTIONS, env={**os.environ, **environment}
        )
        playing = (play(browser, site, name) for name in names)
        played = await asyncio.gather(*playing, return_exceptions=True)
        for name, result in zip(names, played, strict=True):
            if isinstance(result, BaseException):
                say(f"{CHILDREN[name].__name__}: {result}".splitlines()[0])
            else:
                say(row(name, *result))
        page = await sign_in(browser, site.url, "ms-rivera")
        for name in names:
            await page.goto(f"/teachers/students/{name}/week")
            letter = await page.locator("main").inner_text()
            say(f"\n--- the letter home of {CHILDREN[name].__name__}\n{letter}")
        await page.goto("/teachers/classes/room-12/report")
        say("\n--- the class report\n" + await page.locator("main").inner_text())
        await browser.close()


def main(names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        site = Server(demo_data(Path(folder) / "demo"), kind="uvicorn")
        site.start()
        try:
            asyncio.run(run(site, names or list(CHILDREN)))
        finally:
            site.close()


if __name__ == "__main__":
    main(sys.argv[1:])
