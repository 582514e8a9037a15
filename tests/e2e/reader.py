"""A child at a browser: what the tests of the pages have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.services.server import Server

PASSWORD = "read-with-me"
PATIENCE_SECONDS = 30
STORY = "a-ticket-for-a-goat"
#: One of several chapters.
LONG_STORY = "two-too-many"
#: One that `tests.services.server.HEARD` leaves out.
SILENT_STORY = "hush-eggs"
WIDE = (1280, 800)
NARROW = (390, 844)


@contextmanager
def signed_in(
    browser: Browser, site: Server, name: str = "alice-123", size: tuple[int, int] = WIDE
) -> Iterator[BrowserContext]:
    """A browser of its own in which ``name`` is signed in; errors of its pages fail the test."""
    context = browser.new_context(
        base_url=site.url, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    page = context.new_page()
    page.goto("/login")
    page.locator("#username").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url("**/library")
    page.close()
    try:
        yield context
    finally:
        context.close()
    assert errors == []


def open_story(context: BrowserContext, book: str = STORY) -> Page:
    """Begin a story from its page; the reader is ready and connected."""
    page = context.new_page()
    page.goto(f"/books/{book}")
    page.locator(".ways-in button").click()
    return ready(page)


def ready(page: Page) -> Page:
    page.wait_for_url("**/read/session-*")
    expect(page.locator("body.is-ready")).to_be_visible()
    return page


def config(page: Page) -> dict[str, Any]:
    """What the server told the page about the book and the session."""
    told: dict[str, Any] = json.loads(page.locator("#reader-config").text_content() or "")
    return told


def current_word(page: Page) -> int:
    """The word that the marker is on."""
    return int(page.locator("#text .w.now").first.get_attribute("data-w") or -1)


def wait_for_word(page: Page, at_least: int) -> None:
    page.wait_for_function(
        "least => Number(document.querySelector('#text .w.now')?.dataset.w) >= least", arg=at_least
    )


def control(page: Page, name: str) -> Any:
    return page.locator(f"[data-control={name}]")


def ask(page: Page, question: str) -> None:
    """Open the sheet and ask; the answer is then on its way."""
    control(page, "ask").click()
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your question").press("Enter")


def expect_answer(page: Page, containing: str) -> None:
    answer = page.locator("[data-answer]")
    expect(answer).to_contain_text(re.compile(re.escape(containing), re.IGNORECASE))
    expect(page.locator("[data-answer][aria-busy=false]")).to_be_visible()


def read_from(page: Page, word: int) -> None:
    """Touch a word and have it read from there."""
    page.locator(f".w[data-w='{word}']").click()
    page.get_by_role("button", name="Read from here").click()


def saved_state(page: Page) -> dict[str, Any]:
    """The session as the server has it."""
    answer = page.request.get(f"/api/sessions/{config(page)['sessionId']}")
    assert answer.status == 200
    state: dict[str, Any] = answer.json()
    return state


def wait_for_state(page: Page, holds: Callable[[dict[str, Any]], bool]) -> None:
    """Wait until the session is as it should be on the server. (A page that waits for a function
    does not wait for the promise that an asynchronous one returns.)"""
    end = monotonic() + PATIENCE_SECONDS
    while not holds(saved_state(page)):
        assert monotonic() < end, saved_state(page)
        page.wait_for_timeout(100)


def wait_until_saved(page: Page, word: int) -> None:
    """Wait until the server has this place."""
    wait_for_state(page, lambda state: state["currentPosition"]["wordIndex"] == word)
