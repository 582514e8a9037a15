"""A network that goes and comes back, and one book in two places."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.e2e.reader import (
    ask,
    control,
    current_word,
    expect_answer,
    open_story,
    ready,
    saved_state,
    signed_in,
    wait_for_state,
    wait_for_word,
    wait_until_saved,
)
from tests.services.fixtures import StartServer
from tests.services.server import Server

KEPT = "I keep your question"
# Lets no socket through: each is closed before it opened.
FIREWALL = """
window.WebSocket = class {
  constructor() { setTimeout(() => this.onclose({ code: 1006 })); }
  close() {}
};
"""


def test_reading_goes_on_without_a_connection_and_the_question_waits(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context)
        control(page, "play").click()
        wait_for_word(page, 2)
        context.set_offline(True)
        wait_for_word(page, current_word(page) + 6)
        expect(page.locator("#calm-line")).to_contain_text("No connection just now")
        ask(page, "What does “wish” mean?")
        expect(page.locator("[data-status]")).to_contain_text(KEPT)
        place = current_word(page)
        context.set_offline(False)
        expect_answer(page, "wish")
        wait_until_saved(page, place)
        assert len(saved_state(page)["interruptions"]) == 1


def test_a_question_kept_by_a_closed_page_is_asked_by_the_next_one(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context)
        address = page.url
        wait_until_saved(page, 0)
        context.set_offline(True)
        ask(page, "What does “wish” mean?")
        expect(page.locator("[data-status]")).to_contain_text(KEPT)
        page.close()
        context.set_offline(False)
        again = context.new_page()
        again.goto(address)
        ready(again)
        wait_for_state(
            again, lambda state: [e["status"] for e in state["interruptions"]] == ["answered"]
        )


def test_a_restarted_server_finds_the_child_where_they_were(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context)
        control(page, "play").click()
        wait_for_word(page, 3)
        live_site.kill()
        wait_for_word(page, current_word(page) + 4)
        control(page, "play").click()
        expect(control(page, "play")).to_contain_text("Listen")
        place = current_word(page)
        live_site.start()
        wait_until_saved(page, place)


def test_the_same_book_in_two_tabs_is_read_in_the_newer_one(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        first = open_story(context)
        wait_until_saved(first, 0)
        second = context.new_page()
        second.goto(first.url)
        ready(second)
        stopped = first.get_by_role("dialog", name="This book is open somewhere else")
        expect(stopped).to_be_visible()
        second.locator("#text .w[data-w='30']").click()
        second.keyboard.press("Escape")
        wait_until_saved(second, 30)
        stopped.get_by_role("button", name="Read here").click()
        expect(stopped).to_be_hidden()
        expect(first.locator("#text .w.now[data-w='30']")).to_be_in_viewport()
        expect(second.get_by_text("This book is open somewhere else")).to_be_visible()


def test_a_child_who_is_away_is_asked_first_and_finds_the_place_kept(
    browser: Browser, start_server: StartServer
) -> None:
    site = start_server(environment={"READERAI_IDLE_SECONDS": "6"})
    with signed_in(browser, site) as context:
        page = open_story(context)
        asked = page.get_by_role("dialog", name="Are you still reading?")
        expect(asked).to_be_visible(timeout=15_000)
        resting = page.get_by_role("dialog", name="Your book had a little rest")
        expect(resting).to_be_visible(timeout=30_000)
        assert saved_state(page)["status"] == "paused"
        resting.get_by_role("button", name="Go on reading").click()
        expect(resting).to_be_hidden()
        wait_for_state(page, lambda state: state["status"] == "active")


def test_where_sockets_are_blocked_the_stream_is_taken(browser: Browser, live_site: Server) -> None:
    with signed_in(browser, live_site) as context:
        context.add_init_script(FIREWALL)
        page = open_story(context)
        ask(page, "What does “wish” mean?")
        expect(page.locator("[data-answer]")).to_contain_text("wish", timeout=20_000)
        assert len(saved_state(page)["interruptions"]) == 1
