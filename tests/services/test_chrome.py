"""Chromium: found or unpacked, working, and no trouble to tests that run event loops."""

import asyncio

import pytest
from playwright.sync_api import Browser

from tests.services import chrome
from tests.services.chrome import chromium
from tests.services.process import ServiceFailed


def title_of(browser: Browser, html: str) -> str:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(html)
        return page.title()


def test_a_page_opens(browser: Browser) -> None:
    assert title_of(browser, "<title>A lantern</title>") == "A lantern"


async def test_event_loops_run_while_the_browser_is_open() -> None:
    assert await asyncio.sleep(0, "ran") == "ran"


def test_no_loop_seems_to_run_while_the_browser_is_open() -> None:
    assert asyncio.run(asyncio.sleep(0, "ran")) == "ran"


def test_the_browser_works_on_after_other_loops_have_run(browser: Browser) -> None:
    assert title_of(browser, "<title>Still here</title>") == "Still here"
    with browser.new_context() as context, context.expect_page() as opened:
        context.new_page()
    assert opened.value.is_closed()


def test_the_packaged_browser_opens_a_page_too(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READERAI_CHROME", "package")
    path, _ = chromium()
    assert path.startswith(str(chrome.UNPACKED))
    playwright = browser.browser_type
    packaged = playwright.launch(executable_path=path, args=["--no-sandbox"])
    assert title_of(packaged, "<title>From a package</title>") == "From a package"
    packaged.close()


def test_a_wrong_path_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READERAI_CHROME", "/nowhere/chromium")
    with pytest.raises(ServiceFailed, match="READERAI_CHROME"):
        chromium()
