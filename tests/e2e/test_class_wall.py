"""A teacher before the live wall of a class, with children reading behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute, expect

from tests.e2e.reader import NARROW, PASSWORD, STORY, WIDE, open_story, signed_in
from tests.services.server import ROOT, Server

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

WALL = "/teachers/classes/room-12"
ALL_PAGES = [
    "/teachers/",
    WALL,
    f"{WALL}?view=projector",
    f"{WALL}?show=help&sort=progress",
    f"{WALL}/report",
    "/teachers/students/alice-123",
    "/teachers/students/alice-123/week",
]


@contextmanager
def teacher(
    browser: Browser,
    site: Server,
    size: tuple[int, int] = WIDE,
    *,
    scripts: bool = True,
) -> Iterator[BrowserContext]:
    """A browser in which Ms Rivera is signed in; errors of its pages fail the test."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
    )
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    page = context.new_page()
    page.goto("/login?next=/teachers/")
    page.locator("#username").fill("ms-rivera")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url("**/teachers/")
    page.close()
    try:
        yield context
    finally:
        context.close()
    assert errors == []


def barriers(page: Page) -> list[str]:
    """What axe finds. It comes in by the debugger: the page's own policy lets no script in."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    result = page.evaluate(
        "() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })"
    )
    return [
        f"{each['id']} {node['html'][:160]}"
        for each in result["violations"]
        for node in each["nodes"]
    ]


def opened(context: BrowserContext, address: str = WALL) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def test_wall_follows_a_child_without_being_asked(browser: Browser, live_site: Server) -> None:
    with teacher(browser, live_site) as grown_up, signed_in(browser, live_site) as child:
        wall = opened(grown_up)
        expect(wall.locator("[data-alive]")).to_have_text("Live")
        wall.evaluate("() => { window.stayed = true; }")
        open_story(child)
        alice = wall.locator(".seat", has_text="Alice")
        expect(alice).to_have_attribute("data-state", "reading")
        expect(alice).to_contain_text("A Ticket for a Goat")
        expect(wall.locator("[data-count=reading]")).to_have_text("1")
        assert wall.evaluate("() => window.stayed") is True


def test_wall_asks_by_itself_where_sockets_are_blocked_and_says_so(
    browser: Browser, live_site: Server
) -> None:
    def refuse(socket: WebSocketRoute) -> None:
        socket.close()

    with teacher(browser, live_site) as grown_up, signed_in(browser, live_site) as child:
        wall = grown_up.new_page()
        wall.route_web_socket(re.compile("/ws/classes/"), refuse)
        wall.goto(WALL)
        expect(wall.locator("[data-alive]")).to_contain_text("asks every 5 seconds", timeout=20_000)
        open_story(child)
        alice = wall.locator(".seat", has_text="Alice")
        expect(alice).to_have_attribute("data-state", "reading", timeout=15_000)


def test_wall_comes_back_when_its_server_does(browser: Browser, live_site: Server) -> None:
    with teacher(browser, live_site) as grown_up:
        wall = opened(grown_up)
        expect(wall.locator("[data-alive]")).to_have_text("Live")
        live_site.terminate()
        expect(wall.locator("[data-alive]")).not_to_have_text("Live")
        live_site.start()
        expect(wall.locator("[data-alive]")).to_have_text("Live", timeout=30_000)


def test_thirty_cards_fit_a_wide_screen_and_stay_in_their_order(
    browser: Browser, live_site: Server
) -> None:
    with teacher(browser, live_site) as grown_up, signed_in(browser, live_site) as child:
        wall = opened(grown_up)
        assert wall.locator(".seat").count() == 30
        assert wall.evaluate("document.documentElement.scrollHeight") <= WIDE[1]
        names = wall.locator(".seat h3").all_inner_texts()
        assert names == sorted(names)
        open_story(child, STORY)
        expect(wall.locator(".seat", has_text="Alice")).to_have_attribute("data-state", "reading")
        assert wall.locator(".seat h3").all_inner_texts() == names


def test_pages_are_whole_without_scripts(browser: Browser, live_site: Server) -> None:
    with signed_in(browser, live_site) as child:
        open_story(child)
    with teacher(browser, live_site, scripts=False) as grown_up:
        wall = opened(grown_up)
        expect(wall.locator(".seat", has_text="Alice")).to_contain_text("A Ticket for a Goat")
        wall.get_by_role("link", name="Alice").click()
        wall.wait_for_url("**/teachers/sessions/session-*")
        expect(wall.locator(".at-word")).to_be_visible()
        expect(wall.get_by_role("heading", name="The log")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_pages_fit_their_screen_and_have_no_barrier(
    browser: Browser, live_site: Server, size: tuple[int, int]
) -> None:
    with signed_in(browser, live_site) as child:
        session = open_story(child).url.rsplit("/", 1)[1]
    with teacher(browser, live_site, size) as grown_up:
        page = grown_up.new_page()
        for address in [*ALL_PAGES, f"/teachers/sessions/{session}"]:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], address
            assert barriers(page) == [], address
