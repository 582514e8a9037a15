"""The main story in a real browser: open a book, hear it, ask, answer, leave, come back."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.e2e.reader import (
    LONG_STORY,
    NARROW,
    SILENT_STORY,
    STORY,
    ask,
    config,
    control,
    current_word,
    expect_answer,
    open_story,
    read_from,
    ready,
    saved_state,
    signed_in,
    wait_for_word,
    wait_until_saved,
)
from tests.services.server import Server


def test_a_child_reads_asks_answers_leaves_and_comes_back_to_the_same_word(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context)
        checkpoint = config(page)["book"]["checkpoints"][0]

        control(page, "play").click()
        wait_for_word(page, 4)
        expect(control(page, "play")).to_contain_text("Pause")

        ask(page, "What does “wish” mean?")
        expect(control(page, "play")).to_contain_text("Listen")
        expect(page.locator(".s.asked")).to_be_in_viewport()
        expect_answer(page, "wish")
        page.locator("#ask").get_by_role("button", name="Go on reading", exact=True).click()
        expect(control(page, "play")).to_contain_text("Pause")

        read_from(page, checkpoint["atWord"] - 5)
        card = page.locator("#checkpoint[open]")
        expect(card).to_be_visible()
        assert current_word(page) <= checkpoint["atWord"]
        card.get_by_text("A hot cheese bread").click()
        card.get_by_role("button", name="This is my answer").click()
        expect(card).to_contain_text("Yes, that is it.")
        card.get_by_role("button", name="Go on reading").click()
        wait_for_word(page, checkpoint["atWord"] + 3)
        control(page, "play").click()
        expect(control(page, "play")).to_contain_text("Listen")
        word = current_word(page)
        wait_until_saved(page, word)
        state = saved_state(page)
        page.close()

        assert [each["status"] for each in state["interruptions"]] == ["answered"]
        assert state["comprehensionScores"][0]["score"] == 1.0

        home = context.new_page()
        home.goto("/library")
        home.get_by_role("link", name="Go on reading").first.click()
        ready(home)
        assert current_word(home) == word
        expect(home.locator("#text .w.now")).to_be_in_viewport()
        expect(home.locator("#calm-line")).to_contain_text("You stopped here")


def test_a_wrong_answer_is_told_kindly_and_never_traps(browser: Browser, live_site: Server) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context)
        checkpoint = config(page)["book"]["checkpoints"][0]
        read_from(page, checkpoint["atWord"] - 3)
        card = page.locator("#checkpoint[open]")
        for attempt in range(3):
            if attempt == 1:
                expect(card.get_by_role("button", name="Try again")).to_be_visible()
                page.reload()  # who comes back is asked again
                ready(page)
            elif attempt:
                card.get_by_role("button", name="Try again").click()
            card.get_by_text("Her map").click()
            card.get_by_role("button", name="This is my answer").click()
        expect(card).to_contain_text("That one was tricky. Here is why.")
        expect(card.locator(".explanation")).not_to_be_empty()
        card.get_by_role("button", name="Go on reading").click()
        expect(card).to_be_hidden()
        control(page, "play").click()  # a page that was opened anew says nothing unasked
        wait_for_word(page, checkpoint["atWord"] + 2)


def test_a_required_question_waits_while_the_child_looks_at_the_page(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context)
        checkpoint = config(page)["book"]["checkpoints"][0]
        read_from(page, checkpoint["atWord"] - 3)
        card = page.locator("#checkpoint[open]")
        card.get_by_role("button", name="Look at the page").click()
        expect(card).to_be_hidden()
        control(page, "play").click()
        expect(card).to_be_visible()
        card.get_by_role("button", name="Look at the page").click()
        page.get_by_role("button", name="Back to the question").click()
        expect(card).to_be_visible()


def test_an_answer_that_came_after_the_sheet_was_closed_waits_behind_ask(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context)
        context.set_offline(True)
        ask(page, "What does “wish” mean?")
        page.locator("#ask [data-close]").click()
        context.set_offline(False)
        expect(page.locator("#calm-line")).to_contain_text("Your answer is here")
        control(page, "ask").click()
        expect_answer(page, "wish")


def test_chapters_are_chosen_while_reading_and_lead_back(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context, LONG_STORY)
        starts = [each["firstWordIndex"] for each in config(page)["book"]["chapters"]]
        chapters = page.get_by_role("dialog", name="Chapters")
        for place in (1, 0):
            control(page, "contents").click()
            chapters.locator(f"[data-word='{starts[place]}']").click()
            expect(page.locator(f"#text .w.now[data-w='{starts[place]}']")).to_be_in_viewport()
            wait_until_saved(page, starts[place])
            if place:  # What was skipped has a question, which may wait.
                page.get_by_role("button", name="Look at the page").click()
        control(page, "contents").click()
        chapters.get_by_role("button", name="Where I had read to").click()
        expect(page.locator(f"#text .w.now[data-w='{starts[1]}']")).to_be_in_viewport()


def test_a_book_can_be_read_without_scripts(browser: Browser, live_site: Server) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context, LONG_STORY)
        address, cookies = page.url, context.storage_state()
    plain = browser.new_context(java_script_enabled=False, storage_state=cookies)
    page = plain.new_page()
    page.goto(address)
    expect(page.locator("#text .chapter p").first).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    title = page.locator(".turning a").nth(1).inner_text()
    page.locator(".turning a").nth(1).click()
    expect(page.locator("#text .chapter h2")).to_have_text(title)
    plain.close()


def test_a_book_read_aloud_since_its_page_was_opened_is_heard(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context, SILENT_STORY)
        control(page, "play").click()
        expect(page.get_by_text("There is no voice for this book here.")).to_be_visible()
        live_site.manage("narrate_book", SILENT_STORY)
        control(page, "play").click()
        wait_for_word(page, 2)


def test_a_touched_word_says_what_it_means(browser: Browser, live_site: Server) -> None:
    with signed_in(browser, live_site, size=NARROW) as context:
        page = open_story(context)
        page.locator(".w", has_text="supper").first.click()
        card = page.get_by_role("dialog", name="supper")
        expect(card).to_be_visible()
        expect(card).to_contain_text("sup · per")
        expect(card.locator("[data-meaning]")).to_contain_text("means")
        card.get_by_role("button", name="Ask more").click()
        expect(page.get_by_role("dialog", name="Ask about this")).to_be_visible()


def test_choices_show_at_once_and_are_there_on_the_next_page(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context)
        control(page, "settings").click()
        with page.expect_response("**/api/students/me") as saved:
            page.get_by_label("Dusk").check()
            page.get_by_label("Widest").check()
        assert saved.value.status == 200
        expect(page.locator("html")).to_have_attribute("data-theme", "dusk")
        page.goto("/library")
        expect(page.locator("html[data-theme=dusk][data-spacing=widest]")).to_be_attached()


def test_a_book_whose_last_words_alone_were_read_is_closed_and_not_finished(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context, "one-boot-each")
        read_from(page, config(page)["book"]["wordCount"] - 4)
        while not (_was_asked_all(page) and _finished(page)):
            _answer_what_is_asked(page)
        page.get_by_role("button", name="Close the book").click()
        expect(page.get_by_text("Closed before the end", exact=True)).to_be_visible()
        expect(page.get_by_role("link", name="Back to the shelf")).to_be_visible()
        expect(page.get_by_role("heading", name="A next book")).to_be_visible()


def _was_asked_all(page: Page) -> bool:
    """Whether each question that has to be answered came; they come one after the other."""
    tried = {score["checkpointId"] for score in saved_state(page)["comprehensionScores"]}
    return tried == {"solas-boot", "dads-boots"}


def _finished(page: Page) -> bool:
    """Wait for a question or for the book's end; whether it is the end."""
    page.wait_for_function(
        "() => document.querySelector('#checkpoint[open]')"
        " || document.activeElement.id === 'finish'"
    )
    return not page.locator("#checkpoint[open]").is_visible()


def _answer_what_is_asked(page: Page) -> None:
    card = page.locator("#checkpoint[open]")
    expect(card).to_be_visible()
    if card.get_by_role("radio").count():
        card.get_by_role("radio").first.check()
    else:
        card.get_by_role("textbox").fill("Because they are kind to each other.")
    card.get_by_role("button", name="This is my answer").click()
    again = card.get_by_role("button", name="Try again")
    on = card.get_by_role("button", name="Go on reading")
    expect(again.or_(on)).to_be_visible()
    again.or_(on).click()


def test_somebody_elses_session_and_an_unknown_one_look_the_same(
    browser: Browser, live_site: Server
) -> None:
    with signed_in(browser, live_site) as context:
        address = open_story(context).url
    with signed_in(browser, live_site, "bob-456") as context:
        foreign = context.request.get(address)
        unknown = context.request.get(f"/read/session-{'0' * 32}")
        assert (foreign.status, unknown.status) == (404, 404)
        assert _but_for_tokens(foreign.text()) == _but_for_tokens(unknown.text())


def _but_for_tokens(html: str) -> str:
    """A form's token is new each time that it is written."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", html)


def test_a_signed_out_visitor_is_led_to_sign_in(browser: Browser, live_site: Server) -> None:
    page = browser.new_page(base_url=live_site.url)
    page.goto(f"/books/{STORY}")
    assert page.url == f"{live_site.url}/login?next=%2Fbooks%2F{STORY}"
    page.context.close()
