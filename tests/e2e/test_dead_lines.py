"""Lines that die without a word, and one child's book on several devices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.reader import (
    PASSWORD,
    ask,
    config,
    control,
    current_word,
    open_story,
    read_from,
    ready,
    saved_state,
    signed_in,
    wait_for_state,
    wait_for_word,
    wait_until_saved,
)
from tests.services.line import Line, State, line_to
from tests.services.server import Server

from .test_connection import FIREWALL, KEPT

NO_CONNECTION = "No connection just now"
ELSEWHERE = "This book is open somewhere else"
NOTICED_SECONDS = 25


@contextmanager
def device(
    browser: Browser, site: Server, *scripts: str, sockets: bool = True
) -> Iterator[tuple[BrowserContext, Line]]:
    """A browser whose way to the server is a line of its own."""
    with line_to(site.port, sockets=sockets) as line:
        context = browser.new_context(base_url=line.url, reduced_motion="reduce")
        for script in scripts:
            context.add_init_script(script)
        page = context.new_page()
        page.goto("/login")
        page.locator("#username").fill("alice-123")
        page.locator("#password").fill(PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url("**/library")
        page.close()
        try:
            yield context, line
        finally:
            context.close()


def opened(context: BrowserContext, like: Page) -> Page:
    """The same book on another device."""
    page = context.new_page()
    page.goto(f"/read/{config(like)['sessionId']}")
    return ready(page)


def go_to(page: Page, word: int) -> None:
    """Touch a word, and put the card away again."""
    page.locator(f"#text .w[data-w='{word}']").click()
    page.keyboard.press("Escape")


@pytest.mark.parametrize("state", ["silent", "deaf"])
def test_line_that_dies_while_the_child_listens_is_noticed(
    browser: Browser, live_site: Server, state: State
) -> None:
    with device(browser, live_site) as (context, line), signed_in(browser, live_site) as control_:
        page = open_story(context)
        control(page, "play").click()
        wait_for_word(page, 3)
        wait_for_state(page, lambda saved: saved["currentPosition"]["wordIndex"] >= 3)
        line.become(state)
        died = monotonic()
        expect(page.locator("#calm-line")).to_contain_text(NO_CONNECTION, timeout=30_000)
        assert monotonic() - died < NOTICED_SECONDS
        place = current_word(page)
        if state == "silent":
            # The harness would notice a line that lives: nothing of this came to the server.
            other = control_.new_page()
            other.goto("/me")
            address = f"/api/sessions/{config(page)['sessionId']}"
            assert other.request.get(address).json()["currentPosition"]["wordIndex"] < place
            # The other end has noticed, too.
            sessions = f"/api/sessions?student=alice-123&book={config(page)['book']['bookId']}"
            while any(item["online"] for item in other.request.get(sessions).json()["items"]):
                assert monotonic() - died < NOTICED_SECONDS
                other.wait_for_timeout(500)
        wait_for_word(page, place + 1)
        line.become("open")
        control(page, "play").click()
        wait_until_saved(page, current_word(page))


def test_portal_that_swallows_posts_is_noticed(browser: Browser, live_site: Server) -> None:
    with device(browser, live_site, FIREWALL) as (context, line):
        page = open_story(context)
        control(page, "play").click()
        wait_for_word(page, 3)
        wait_for_state(page, lambda state: state["currentPosition"]["wordIndex"] >= 1)
        line.become("portal")
        died = monotonic()
        expect(page.locator("#calm-line")).to_contain_text(NO_CONNECTION, timeout=30_000)
        assert monotonic() - died < NOTICED_SECONDS
        line.become("open")
        control(page, "play").click()
        wait_until_saved(page, current_word(page))


def test_where_streams_are_held_back_answers_arrive_and_what_is_read_counts(
    browser: Browser, live_site: Server
) -> None:
    with device(browser, live_site, sockets=False) as (context, line):
        line.become("holding")
        page = open_story(context)
        control(page, "play").click()
        ask(page, "What does “wish” mean?")
        expect(page.locator("[data-answer]")).to_contain_text("wish", timeout=45_000)
        page.keyboard.press("Escape")
        read_from(page, 20)
        wait_for_word(page, 30)
        wait_for_state(page, lambda state: state["reading"]["heardWords"] >= 9)
        expect(page.locator("#calm-line")).not_to_contain_text(NO_CONNECTION)
        assert len(saved_state(page)["interruptions"]) == 1


def test_page_comes_back_to_the_socket_after_a_blocked_spell(
    browser: Browser, live_site: Server
) -> None:
    blocked = (
        f"const Kept = WebSocket; {FIREWALL}; window.unblock = () => (window.WebSocket = Kept);"
    )
    with signed_in(browser, live_site) as context:
        context.add_init_script(blocked)
        page = open_story(context)
        ask(page, "What does “wish” mean?")
        expect(page.locator("[data-answer]")).to_contain_text("wish", timeout=20_000)
        with page.expect_websocket(lambda it: "if=free" not in it.url, timeout=60_000):
            page.evaluate("void unblock()")
        wait_for_state(page, lambda state: state["status"] == "active")


def test_older_device_does_not_move_the_place_back(browser: Browser, live_site: Server) -> None:
    with device(browser, live_site) as (old, old_line), device(browser, live_site) as (new, _):
        first = open_story(old)
        go_to(first, 10)
        wait_until_saved(first, 10)
        old_line.become("cut")
        go_to(first, 14)
        second = opened(new, first)
        go_to(second, 60)
        wait_until_saved(second, 60)
        second.close()
        wait_for_free(first, second=new)
        old_line.become("open")
        expect(first.locator("#calm-line")).to_contain_text("on another device", timeout=30_000)
        assert saved_state(first)["currentPosition"]["wordIndex"] == 60
        first.get_by_role("button", name="Go there").click()
        expect(first.locator("#text .w.now[data-w='60']")).to_be_in_viewport()


def wait_for_free(page: Page, *, second: BrowserContext) -> None:
    """Wait until the server knows that nobody is connected to the book of ``page``."""
    asking = second.new_page()
    asking.goto("/me")
    address = f"/api/sessions?book={config(page)['book']['bookId']}"
    end = monotonic() + 30
    session = config(page)["sessionId"]
    while True:
        items = asking.request.get(address).json()["items"]
        if not next(item["online"] for item in items if item["sessionId"] == session):
            return
        assert monotonic() < end
        asking.wait_for_timeout(100)


def test_page_nobody_came_to_does_not_take_the_book_back(
    browser: Browser, live_site: Server
) -> None:
    with device(browser, live_site) as (bag, line), device(browser, live_site) as (desk, _):
        left = open_story(bag)
        wait_until_saved(left, 0)
        line.become("cut")
        expect(left.locator("#calm-line")).to_contain_text(NO_CONNECTION)
        reading = opened(desk, left)
        go_to(reading, 30)
        wait_until_saved(reading, 30)
        line.become("open")
        stopped = left.get_by_role("dialog", name=ELSEWHERE)
        expect(stopped).to_be_visible(timeout=30_000)
        expect(reading.get_by_text(ELSEWHERE)).to_be_hidden()
        go_to(reading, 40)
        wait_until_saved(reading, 40)
        # The control: somebody who comes to it gets the book.
        stopped.get_by_role("button", name="Read here").click()
        expect(reading.get_by_text(ELSEWHERE)).to_be_visible()


def test_questions_of_two_devices_are_both_kept(browser: Browser, live_site: Server) -> None:
    with device(browser, live_site) as (old, line), device(browser, live_site) as (new, _):
        first = open_story(old)
        wait_until_saved(first, 0)
        line.become("cut")
        expect(first.locator("#calm-line")).to_contain_text(NO_CONNECTION)
        ask(first, "What does “wish” mean?")
        expect(first.locator("[data-status]")).to_contain_text(KEPT)
        second = opened(new, first)
        ask(second, "Who is in this story?")
        wait_for_state(second, lambda state: len(state["interruptions"]) == 1)
        second.close()
        wait_for_free(first, second=new)
        line.become("open")
        expect(first.locator("[data-answer]")).to_contain_text("wish", timeout=30_000)
        assert len(saved_state(first)["interruptions"]) == 2


def test_question_kept_by_two_tabs_is_asked_once(browser: Browser, live_site: Server) -> None:
    with device(browser, live_site) as (context, line):
        first = open_story(context)
        wait_until_saved(first, 0)
        line.become("cut")
        expect(first.locator("#calm-line")).to_contain_text(NO_CONNECTION)
        ask(first, "What does “wish” mean?")
        expect(first.locator("[data-status]")).to_contain_text(KEPT)
        line.become("open")
        second = opened(context, first)
        wait_for_state(
            second, lambda state: [e["status"] for e in state["interruptions"]] == ["answered"]
        )
        stopped = first.get_by_role("dialog", name=ELSEWHERE)
        if stopped.is_visible():
            stopped.get_by_role("button", name="Read here").click()
        second.wait_for_timeout(2000)
        assert len(saved_state(second)["interruptions"]) == 1
