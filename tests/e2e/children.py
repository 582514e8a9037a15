"""Children at real pages, and what they really did, measured apart from the page's own way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Final

from playwright.async_api import Error, Page

from tests.e2e.reader import LONG_STORY, STORY

#: Adds up for how long a voice sounds in a page.
SOUND: Final = """
const Sound = window.Audio;
let sounded = 0, since = null;
window.soundedMs = () => sounded + (since === null ? 0 : performance.now() - since);
window.Audio = function (...from) {
  const sound = new Sound(...from);
  sound.addEventListener("playing", () => (since ??= performance.now()));
  for (const name of ["pause", "ended", "waiting", "emptied"]) {
    sound.addEventListener(name, () => {
      if (since !== null) sounded += performance.now() - since;
      since = null;
    });
  }
  return sound;
};
"""


@dataclass
class Played:
    """What a child did: seconds and words of reading and of hearing, and words that were turned
    over too fast for anybody to read."""

    read_time: float = 0.0
    read_words: int | None = 0  # None where nobody could say which words
    heard_time: float = 0.0
    heard_words: int = 0
    paged_words: int = 0
    note: str = ""


class Child:
    """One child with a book open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done = Played()
        self.shown_at = monotonic()

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

    async def turn(self, screens: float = 1) -> bool:
        """Scroll until the next word stands at the top, or that of some screens further on; whether
        a question lies over it then, which is put away."""
        first, last = await self.seen()
        next_word = self.page.locator(
            f"#text .w[data-w='{first + round(screens * (last + 1 - first))}']"
        )
        box = await next_word.bounding_box()
        if box is None:
            return False
        top = await self.page.evaluate(
            "parseFloat(getComputedStyle(document.body).getPropertyValue('--covered-top')) || 0"
        )
        await self.page.mouse.wheel(0, box["y"] - top)
        self.shown_at = monotonic()
        await asyncio.sleep(1.2)
        return await self.put_question_away()

    async def put_question_away(self) -> bool:
        """Nobody here answers a checkpoint that comes due; whether there was one."""
        look = self.page.locator("#checkpoint[open]").get_by_role("button", name="Look at the page")
        is_there = await look.is_visible()
        if is_there:
            await look.click()
        return is_there

    async def read_screens(self, seconds_each: float, screens: int, *, turns: bool = True) -> None:
        """Read screen after screen, silently."""
        for _ in range(screens):
            first, last = await self.seen()
            while (left := self.shown_at + seconds_each - monotonic()) > 0:
                await asyncio.sleep(min(left, 1.0))
                # On a busy machine it comes late; nobody reads what it lies over.
                await self.put_question_away()
            self.done.read_time += monotonic() - self.shown_at
            self.done.read_words = (self.done.read_words or 0) + last + 1 - first
            if turns:
                await self.turn()

    async def sounded(self) -> float:
        """For how many seconds a voice has sounded here so far, see ``SOUND``."""
        return float(await self.page.evaluate("soundedMs()")) / 1000

    async def listen(self, seconds: float) -> None:
        """Have the book read aloud from where the child is, and stop the voice."""
        await self.page.locator("[data-control=play]").click()
        await self.hear(seconds, await self.word())

    async def hear(self, seconds: float, first: int) -> None:
        """Listen to the voice that reads from word ``first``; a checkpoint ends it, too."""
        before = await self.sounded()
        checkpoint = self.page.locator("#checkpoint[open]")
        with suppress(Error):
            await checkpoint.wait_for(timeout=1000 * seconds)
        if not await checkpoint.is_visible():
            await self.page.locator("[data-control=play]").click()
        await self.put_question_away()
        self.done.heard_time += await self.sounded() - before
        self.done.heard_words += await self.word() + 1 - first


async def silent_45(child: Child) -> None:
    await child.read_screens(45, 5)


async def silent_90(child: Child) -> None:
    await child.read_screens(90, 3)


async def reader_of_200_words_a_minute(child: Child) -> None:
    for _ in range(6):
        first, last = await child.seen()
        await child.read_screens((last + 1 - first) / 200 * 60, 1)


async def listener(child: Child) -> None:
    await child.listen(120)


async def skimmer(child: Child) -> None:
    was_covered = False
    for _ in range(12):
        first, last = await child.seen()
        covers = await child.turn()
        now, _ = await child.seen()
        # What a question lay over is neither read nor paged.
        child.done.paged_words += 0 if was_covered else max(0, min(now, last + 1) - first)
        was_covered = covers
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
    child.done.note = "4 jumps by the chapters, 2 s each"


async def pause_and_read_from_here(child: Child) -> None:
    # Short screens, so that all of it happens before the first question of the book.
    await child.page.set_viewport_size({"width": 1280, "height": 460})
    await asyncio.sleep(1)
    await child.listen(15)
    await asyncio.sleep(20)
    await child.turn(screens=2.5)
    first, _ = await child.seen()
    await child.page.locator(f"#text .w[data-w='{first + 5}']").click()
    await child.page.get_by_role("button", name="Read from here").click()
    await child.hear(20, first + 5)
    child.done.note = "a pause of 20 s, a jump of screens"


async def walks_away(child: Child) -> None:
    await child.read_screens(45, 2)
    await child.read_screens(45, 1, turns=False)
    await asyncio.sleep(200)
    child.done.note = "the third screen untouched for 200 s more"


async def two_tabs(child: Child) -> None:
    other = await child.page.context.new_page()
    await other.goto(child.page.url)
    await other.locator("body.is-ready").wait_for()
    second = Child(other)
    await second.read_screens(45, 2)
    child.done = second.done
    child.done.note = "the same book in two tabs"


async def two_books(child: Child) -> None:
    other = await child.page.context.new_page()
    await open_book(other, "hush-eggs")
    await asyncio.gather(child.read_screens(45, 2), Child(other).read_screens(45, 2))
    child.done.read_words = None
    child.done.note = "a second book open beside it: the time counts once"


#: By who plays them. Only some stories have a narration in the tests' demo.
CHILDREN: Final[dict[str, tuple[Callable[[Child], Awaitable[None]], str]]] = {
    "alice-123": (silent_45, LONG_STORY),
    "bob-456": (silent_90, LONG_STORY),
    "hana-327": (reader_of_200_words_a_minute, LONG_STORY),
    "carol-789": (listener, STORY),
    "mateo-118": (skimmer, LONG_STORY),
    "yuki-127": (jumper, LONG_STORY),
    "freya-142": (pause_and_read_from_here, STORY),
    "diego-155": (walks_away, LONG_STORY),
    "priya-163": (two_tabs, LONG_STORY),
    "oskar-174": (two_books, LONG_STORY),
}


async def open_book(page: Page, book: str = LONG_STORY) -> None:
    """Begin a story from its page."""
    await page.goto(f"/books/{book}")
    await page.locator(".ways-in button").click()
    await page.wait_for_url("**/read/session-*")
    await page.locator("body.is-ready").wait_for()
    await asyncio.sleep(1)
