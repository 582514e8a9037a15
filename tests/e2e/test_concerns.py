"""A child in trouble, from what they type to what a grown-up does about it, in real browsers."""

from __future__ import annotations

from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.reader import NARROW, WIDE, ask, open_story, signed_in
from tests.e2e.test_class_wall import WALL, barriers, opened, teacher
from tests.services.fixtures import StartServer
from tests.services.mail import MailSink, mail_sink
from tests.services.server import Server

WORDS = "I want to kill myself"
#: What has to be heard of is told within a minute.
MOST_SECONDS = 60
ADDRESS = (
    "from readerai.accounts.models import User;"
    "User.objects.filter(username='ms-rivera').update(email='rivera@hill.example.org')"
)
#: Counts the tones that the page plays.
LISTEN = """
window.tones = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  window.tones += 1;
  return start.apply(this, when);
};
"""


def site_with_mail(start_server: StartServer, sink: MailSink) -> Server:
    site = start_server(environment={"EMAIL_URL": sink.url})
    site.manage("shell", "-c", ADDRESS)
    return site


def wait_for_mail(page: Page, sink: MailSink) -> None:
    end = monotonic() + MOST_SECONDS
    while not sink.mails:
        assert monotonic() < end, "nobody was told"
        page.wait_for_timeout(200)


def test_what_a_child_types_reaches_wall_mail_and_desk_and_is_dealt_with(
    browser: Browser, start_server: StartServer
) -> None:
    with mail_sink() as sink:
        site = site_with_mail(start_server, sink)
        with teacher(browser, site) as grown_up, signed_in(browser, site) as child:
            grown_up.add_init_script(LISTEN)
            wall = opened(grown_up)
            expect(wall.locator("[data-alive]")).to_have_text("Live")
            expect(wall.locator("[data-concerns]")).to_be_hidden()
            wall.locator("h1").click()  # a browser is silent until somebody has touched its page
            ask(open_story(child), WORDS)

            expect(wall.locator("[data-concern-names]")).to_have_text("Alice", timeout=20_000)
            expect(wall).to_have_title("(!) 1 concern · Room 12 now · ReaderAI")
            wall.wait_for_function("() => window.tones === 2")
            projector = opened(grown_up, f"{WALL}?view=projector")
            expect(projector).to_have_title("Room 12 now · ReaderAI")
            expect(projector.locator("[data-concerns]")).to_have_count(0)

            wait_for_mail(wall, sink)
            [mail] = sink.mails
            assert mail["To"] == "rivera@hill.example.org"
            assert "Alice" not in str(mail)
            assert "kill" not in str(mail)

            desk = opened(grown_up, f"{site.url}/teachers/concerns/")
            desk.get_by_role("link", name="Alice").click()
            expect(desk.locator("blockquote")).to_have_text(WORDS)
            desk.get_by_role("button", name="I have seen this").click()
            expect(desk.get_by_text("looks after it").first).to_be_visible()
            desk.get_by_label("What was done").fill("We talked. Her aunt comes.")
            desk.get_by_role("button", name="It is dealt with").click()
            expect(desk.get_by_text("It is noted as dealt with.")).to_be_visible()
            expect(wall.locator("[data-concerns]")).to_be_hidden(timeout=20_000)
            expect(wall).to_have_title("Room 12 now · ReaderAI")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_desk_and_pages_with_a_concern_have_no_barriers_and_fit(
    browser: Browser, live_site: Server, size: tuple[int, int]
) -> None:
    with signed_in(browser, live_site) as child:
        ask(open_story(child), WORDS)
        expect(child.pages[-1].locator("[data-answer][aria-busy=false]")).to_be_visible()
    with teacher(browser, live_site, size) as grown_up:
        page = opened(grown_up, "/teachers/concerns/")
        concern = page.get_by_role("link", name="Alice").get_attribute("href") or ""
        for address in ("/teachers/concerns/", concern, "/teachers/", WALL, f"{WALL}/report"):
            page.goto(address)
            assert barriers(page) == [], address
            wider = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, address
