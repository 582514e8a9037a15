"""Every page of a child's, in every theme, held against axe; and the reader without a mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sessions_app.student.appearance import THEMES
from tests.e2e.reader import (
    LONG_STORY,
    NARROW,
    WIDE,
    ask,
    control,
    current_word,
    expect_answer,
    open_story,
    signed_in,
    wait_for_word,
)
from tests.services.server import ROOT, Server

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("/library", "/library?q=zzzz", f"/books/{LONG_STORY}", "/me", "/me/shared")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_page_has_a_barrier_in_any_theme(
    browser: Browser, live_site: Server, size: tuple[int, int]
) -> None:
    with signed_in(browser, live_site, size=size) as context:
        reader = open_story(context, LONG_STORY)
        control(reader, "contents").click()
        found = _barriers_in_every_theme(reader)
        reader.keyboard.press("Escape")
        ask(reader, "What does “wish” mean?")
        expect_answer(reader, "wish")
        found += _barriers_in_every_theme(reader)
        control(reader, "ask").click() if size == WIDE else reader.locator(
            "#ask [data-close]"
        ).click()
        control(reader, "settings").click()
        found += _barriers_in_every_theme(reader)
        for address in PAGES:
            page = context.new_page()
            page.goto(address)
            found += _barriers_in_every_theme(page)
            page.close()
    assert found == []


def _barriers_in_every_theme(page: Page) -> list[str]:
    found = []
    _add_axe(page.context, page, AXE)
    for theme in THEMES:
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        result = page.evaluate(
            "() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })"
        )
        found += [
            f"{page.url} {theme}: {each['id']} {node['html'][:160]}"
            for each in result["violations"]
            for node in each["nodes"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{page.url} {theme}: scrolls sideways")
    return found


def _add_axe(context: BrowserContext, page: Page, axe: Path) -> None:
    """Put axe into the page by the debugger: the page's own policy lets no script in."""
    context.new_cdp_session(page).send(
        "Runtime.evaluate", {"expression": axe.read_text(encoding="utf-8")}
    )


def test_the_reader_works_by_keyboard_alone(browser: Browser, live_site: Server) -> None:
    with signed_in(browser, live_site) as context:
        page = open_story(context)
        story = page.locator("#text")
        for _ in range(6):
            page.keyboard.press("Tab")
            if story.evaluate("story => story === document.activeElement"):
                break
        expect(story).to_be_focused()

        for _ in range(3):
            page.keyboard.press("ArrowRight")
        assert current_word(page) == 3
        page.keyboard.press("Enter")
        card = page.locator("#word-card")
        expect(card).to_be_focused()
        page.keyboard.press("Escape")
        expect(card).to_be_hidden()
        expect(story).to_be_focused()

        page.keyboard.press("Space")
        wait_for_word(page, 5)
        page.keyboard.press("a")
        field = page.get_by_label("Your question")
        expect(field).to_be_focused()
        expect(control(page, "play")).to_contain_text("Listen")
        field.fill("What does “wish” mean?")
        page.keyboard.press("Enter")
        expect_answer(page, "wish")
        page.keyboard.press("Escape")
        expect(story).to_be_focused()
        expect(control(page, "play")).to_contain_text("Pause")
        page.keyboard.press("s")
        expect(page.get_by_role("dialog", name="How my page looks")).to_be_visible()
        page.keyboard.press("Escape")
        expect(story).to_be_focused()
