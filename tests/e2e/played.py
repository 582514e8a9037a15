"""Children at real pages, in real time: what was done beside what everybody is told of it.

    python -m tests.e2e.played [CHILD…]

Takes about seven minutes. Each child does one thing in a browser of their own; then every page,
export and call is asked what it says of that. The table has a row for each child and quantity: what
was done, and what each place says; a `!` marks what lies more than 5 % from it, rounding apart. The
letters home follow, to be read aloud as a parent would.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from sessions_app.domain.evidence import median_wpm
from tests.e2e.children import CHILDREN, SOUND, Child, Played, open_book
from tests.e2e.reader import PASSWORD
from tests.e2e.told import (
    HEARD_TIME,
    HEARD_WORDS,
    PACE,
    PAGED,
    QUANTITIES,
    READ_TIME,
    READ_WORDS,
    SHARE,
    SHELF_PACE,
    Asking,
    Figure,
    Told,
    agrees,
)
from tests.services.chrome import OPTIONS, chromium
from tests.services.server import Server, demo_data

SIZE: Final[ViewportSize] = {"width": 1280, "height": 800}
#: One word more or less is heard when a voice stops.
HALF_HEARD: Final = 3


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@dataclass
class Account:
    """What a child did, and what each place and the letter home say of it."""

    name: str
    did: Told
    told: dict[str, Told]
    letter: str
    note: str


async def sign_in(browser: Browser, url: str, name: str) -> Page:
    context = await browser.new_context(base_url=url, viewport=SIZE, reduced_motion="reduce")
    await context.add_init_script(SOUND)
    page = await context.new_page()
    await page.goto("/login")
    await page.locator("#username").fill(name)
    await page.locator("#password").fill(PASSWORD)
    await page.locator("#password").press("Enter")
    await page.wait_for_url(re.compile("/(library|teachers)"))
    return page


def deeds(done: Played, word_count: int, grade: int) -> Told:
    """``done`` as the places tell it; a pace needs a hundred words."""
    did = {
        READ_TIME: Figure(done.read_time),
        HEARD_TIME: Figure(done.heard_time),
        HEARD_WORDS: Figure(done.heard_words, HALF_HEARD if done.heard_words else 0),
        PAGED: Figure(done.paged_words),
    }
    if done.read_words is not None:
        pace = done.read_words / done.read_time * 60 if done.read_words >= 100 else None
        share = (done.read_words + done.heard_words) / word_count
        did |= {READ_WORDS: Figure(done.read_words), PACE: Figure(pace)}
        did |= {SHARE: Figure(share, did[HEARD_WORDS].within / word_count)}
        did |= {SHELF_PACE: Figure(pace or median_wpm(grade))}
    return did


async def play(browser: Browser, site: Server, name: str) -> Account:
    page = await sign_in(browser, site.url, name)
    act, book = CHILDREN[name]
    await open_book(page, book)
    child = Child(page)
    await act(child)
    await asyncio.sleep(3)
    # They close the book, and look at the page about their reading.
    await page.goto("/me")
    await asyncio.sleep(2)
    items = (await (await page.request.get("/api/sessions")).json())["items"]
    teacher = await sign_in(browser, site.url, "ms-rivera")
    asking = Asking(page, teacher, name, [item["sessionId"] for item in items])
    told = {place: figures async for place, figures in asking.everywhere()}
    letter = await asking.letter()
    word_count = (await (await page.request.get(f"/api/books/{book}")).json())["wordCount"]
    grade = (await (await page.request.get("/api/students/me")).json())["readingLevel"]
    await teacher.context.close()
    await page.context.close()
    return Account(
        act.__name__, deeds(child.done, word_count, grade), told, letter, child.done.note
    )


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 1 or value == 0 else f"{value:.3f}"


def _cell(did: Figure, told: Figure | None) -> str:
    if told is None:
        return ""
    text = _number(told.value)
    return text if agrees(did, told) else f"{text} !"


def say_table(accounts: list[Account]) -> None:
    places = list(accounts[0].told)
    say("| child | what | did | " + " | ".join(places) + " |")
    say("| --- " * (len(places) + 3) + "|")
    for account in accounts:
        for quantity in QUANTITIES:
            did = account.did.get(quantity)
            if did is None:
                continue
            done = _number(did.value)
            cells = [_cell(did, account.told[place].get(quantity)) for place in places]
            say(f"| {account.name} | {quantity} | {done} | " + " | ".join(cells) + " |")


async def run(site: Server, names: list[str]) -> None:
    path, environment = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=OPTIONS, env={**os.environ, **environment}
        )
        playing = (play(browser, site, name) for name in names)
        played = await asyncio.gather(*playing, return_exceptions=True)
        accounts = [each for each in played if isinstance(each, Account)]
        for name, each in zip(names, played, strict=True):
            if isinstance(each, BaseException):
                say(f"{CHILDREN[name][0].__name__} could not be played: {each}")
        if accounts:
            say_table(accounts)
        for account in accounts:
            say(f"\n--- {account.name} {account.note}\n{account.letter}")
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
