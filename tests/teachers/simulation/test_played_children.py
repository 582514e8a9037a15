"""Whole children, played through the domain: what every page, file and API says of them is what
they did, within 5 %."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from library.models import Book
from readerai.accounts.models import Student
from sessions_app.domain.hand.hand import Hand
from sessions_app.domain.presence.absence import end_connection
from sessions_app.domain.presence.connecting import connect
from sessions_app.models import Session
from sessions_app.student import shelf
from teachers.simulated_children import CHILDREN, SimulatedPage, at_once
from teachers.simulation.play import play, save_hand
from tests.library.books import make_book
from tests.sessions_app.cast import Cast, sign_in, start

WORDS = 3000
CHAPTERS = (0, 400, 2000)
GRADE = 3


@dataclass(frozen=True)
class Did:
    """What a child did: words and minutes, and their own pace in words a minute."""

    read_words: float = 0
    read_minutes: float = 0
    heard_words: float = 0
    heard_minutes: float = 0
    covered: float = 0
    pace: float | None = None
    paged: float = 0


# A screen is read as a whole: of the last one, which is not left, nobody can say how far.
DID = {
    "reads silently": Did(750, 3.75, 0, 0, 750, 200),
    "reads slowly": Did(750, 7.5, 0, 0, 750, 100),
    "scrolls by lines": Did(900, 5.5, 0, 0, 900, 150),
    "listens": Did(0, 0, 600, 4, 600),
    "listens quickly": Did(0, 0, 900, 4, 900),
    "listens, then reads": Did(750, 3.75, 600, 4, 1350, 200),
    "skims": Did(paged=WORDS),
    "skims, then reads": Did(750, 3.75, 0, 0, 750, 200, paged=150),
    "jumps about": Did(),
    "leafs back": Did(750, 3.75, 0, 0, 750, 200),
    "rereads": Did(1200, 5.75, 0, 0, 750, 200),
    "walks away": Did(450, 2.25, 0, 0, 450, 200),
    "pauses and reads from elsewhere": Did(0, 0, 300, 2, 300),
    "gets stuck": Did(300, 2.75, 0, 0, 300, 200),
    "goes to and fro": Did(),
}


def text_of(words: int) -> str:
    sentences = ["The cat sat on the old red mat all day."] * (words // 10)
    return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))


@pytest.fixture
def book(cast: Cast) -> Book:
    ends = (*CHAPTERS[1:], WORDS)
    lengths = [end - first for first, end in zip(CHAPTERS, ends, strict=True)]
    return make_book(*(text_of(length) for length in lengths), slug="long", title="A Long Book")


@pytest.fixture
def alice(cast: Cast) -> Student:
    cast.alice.reading_level = GRADE
    cast.alice.save()
    return cast.alice


def opened(student: Student, book: Book) -> Hand:
    session = start(student, book)
    user = student.user
    return connect(session_id=session.pk, user=user, sign_in=sign_in(user), server="here").hand


def played(student: Student, book: Book, name: str) -> Session:
    """The session of a child who left just now."""
    page = SimulatedPage(WORDS, chapters=CHAPTERS)
    CHILDREN[name](page)
    hand = opened(student, book)
    hand.begin_watching(0.0)
    play(hand, page.moments, timezone.now() - dt.timedelta(seconds=page.clock))
    end_connection(hand)
    save_hand(hand)
    return Session.objects.get(pk=hand.session_id)


def close_enough(said: float | str | None, did: float | None, *, least: float = 0.0) -> bool:
    """Within 5 %; a rounded figure may be off by half its last place."""
    if did is None:
        return said in (None, "")
    return said not in (None, "") and abs(float(said) - did) <= max(0.05 * did, least)


def of_table(row: dict[str, Any], did: Did) -> None:
    for heading, value, least in (
        ("Read by oneself, min", did.read_minutes, 0.05),
        ("Words read", did.read_words, 0),
        ("Listened, min", did.heard_minutes, 0.05),
        ("Words heard", did.heard_words, 0),
        ("Words paged through", did.paged, WORDS / 4 if did.paged == 0 else 0),
    ):
        assert close_enough(row[heading], value, least=least), (heading, row[heading], value)
    assert close_enough(row["Own pace, words per min"], did.pace), row


def csv_rows(client: Client, address: str) -> list[dict[str, str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def xlsx_rows(client: Client, address: str) -> list[dict[str, Any]]:
    head, *rows = load_workbook(io.BytesIO(client.get(address).content)).active.values
    return [dict(zip(head, row, strict=True)) for row in rows]


def head_figures(client: Client, address: str) -> dict[str, str]:
    html = client.get(address).content.decode()
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html, re.DOTALL)
    return {name: re.sub(r"<.*?>", "", value).strip() for name, value in pairs}


def words_in(figure: str) -> float:
    """The words of a figure such as ``4 min 750 words``."""
    [words] = re.findall(r"([\d,]+) words", figure)
    return float(words.replace(",", ""))


@pytest.mark.parametrize("name", DID)
def test_every_table_and_file_says_what_was_done(
    name: str, alice: Student, book: Book, rivera: Client
) -> None:
    session, did = played(alice, book, name), DID[name]
    child, of_class = "/teachers/students/alice/report", "/teachers/classes/room-12/report"
    for period in ("week", "term", "year"):
        days = csv_rows(rivera, f"{child}/days.csv?period={period}")
        of_table({key: days[-1][key] for key in days[-1]}, did)
        of_table(csv_rows(rivera, f"{of_class}/children.csv?period={period}")[0], did)
        of_table(csv_rows(rivera, f"{of_class}/days.csv?period={period}")[-1], did)
    [in_book] = csv_rows(rivera, f"{child}/books.csv")
    of_table(in_book, did)
    of_table(xlsx_rows(rivera, f"{child}/books.xlsx")[0], did)
    assert close_enough(in_book["Read or heard"], did.covered / WORDS)
    spans = csv_rows(rivera, f"/teachers/sessions/{session.pk}/report/reading_spans.csv")
    for heading, value in (("Words read", did.read_words), ("Words heard", did.heard_words)):
        assert close_enough(sum(int(row[heading]) for row in spans), value)


@pytest.mark.parametrize("name", DID)
def test_every_page_says_what_was_done(
    name: str, alice: Student, book: Book, rivera: Client
) -> None:
    session, did = played(alice, book, name), DID[name]
    for address in (
        f"/teachers/sessions/{session.pk}",
        "/teachers/students/alice",
        "/teachers/classes/room-12/report",
    ):
        figures = head_figures(rivera, address)
        assert close_enough(words_in(figures["Read by oneself"]), did.read_words)
        assert close_enough(words_in(figures["Listened"]), did.heard_words)
        pace = figures["Own pace"].split()[0]
        assert close_enough(None if pace == "–" else pace, did.pace)
    wall = rivera.get("/teachers/classes/room-12").content.decode()
    facts = re.findall(r"<span>(\d+) (min read|min heard|words paged|wpm)</span>", wall)
    said = {what: int(count) for count, what in facts}
    assert close_enough(said.get("min read", 0), did.read_minutes, least=0.5)
    assert close_enough(said.get("min heard", 0), did.heard_minutes, least=0.5)
    assert close_enough(said.get("wpm"), did.pace)


@pytest.mark.parametrize("name", DID)
def test_every_answer_of_the_api_says_what_was_done(
    name: str, alice: Student, book: Book, rivera: Client
) -> None:
    session, did = played(alice, book, name), DID[name]
    state = rivera.get(f"/api/sessions/{session.pk}").json()
    reading = state["reading"]
    assert close_enough(reading["readWords"], did.read_words)
    assert close_enough(reading["readTime"], 60 * did.read_minutes, least=2)
    assert close_enough(reading["heardWords"], did.heard_words)
    assert close_enough(reading["heardTime"], 60 * did.heard_minutes, least=2)
    assert close_enough(reading["coveredWords"], did.covered)
    assert close_enough(state["readingSpeed"], did.pace)
    assert state["totalReadingTime"] == pytest.approx(
        reading["readTime"] + reading["heardTime"], abs=0.2
    )
    assert state["playback"]["isPlaying"] is False
    [summary] = rivera.get("/api/classes/room-12/sessions").json()["items"]
    assert close_enough(summary["progress"], did.covered / WORDS)
    assert summary["readingSpeed"] == state["readingSpeed"]
    xapi = json.loads(rivera.get("/teachers/students/alice/report/xapi.json").content)
    for name_of, value in (("words-read", did.read_words), ("words-heard", did.heard_words)):
        told = sum(
            count
            for statement in xapi
            for key, count in statement.get("result", {}).get("extensions", {}).items()
            if key.endswith(f"/{name_of}")
        )
        assert close_enough(told, value)


@pytest.mark.parametrize("name", DID)
def test_the_childs_own_pages_say_what_was_done(name: str, alice: Student, book: Book) -> None:
    session, did = played(alice, book, name), DID[name]
    browser = Client()
    browser.force_login(alice.user)
    me = browser.get("/me").content.decode()
    [read] = re.findall(r"read (\d+) min", me)[:1] or ["0"]
    [heard] = re.findall(r"listened (\d+) min", me)[:1] or ["0"]
    assert close_enough(read, did.read_minutes, least=0.5)
    assert close_enough(heard, did.heard_minutes, least=0.5)
    [reading] = shelf.readings(alice.user)
    assert close_enough(reading.percent, 100 * did.covered / WORDS, least=0.5)
    pace = shelf.pace(alice, [reading])
    assert pace == (123 if did.pace is None else pytest.approx(did.pace, rel=0.05))
    promised = f"About {shelf.minutes_for(WORDS, pace)} minutes for you"
    assert promised in browser.get("/books/long").content.decode()
    assert session.status == "active"


@pytest.mark.parametrize("name", DID)
def test_the_letter_home_says_nothing_untrue(
    name: str, alice: Student, book: Book, rivera: Client
) -> None:
    played(alice, book, name)
    did = DID[name]
    letter = rivera.get("/teachers/students/alice/week").content.decode()
    assert ("read for" in letter) == (did.read_words > 0)
    assert ("listened for" in letter) == (did.heard_words > 0)
    assert ("words a minute" in letter) == (did.pace is not None)
    assert ("looked through" in letter) == (did == Did(paged=did.paged))
    assert "finished" not in letter
    assert "did not" not in letter
    if did.pace is not None:
        [pace] = re.findall(r"read about (\d+) words a minute", letter)
        assert close_enough(pace, did.pace)


def test_reader_of_two_hundred_words_a_minute_loses_at_most_two_hundredths(
    alice: Student, book: Book, rivera: Client
) -> None:
    played(alice, book, "reads silently")
    [row] = csv_rows(rivera, "/teachers/students/alice/report/books.csv")
    assert int(row["Words read"]) >= 0.98 * 750
    assert float(row["Own pace, words per min"]) == pytest.approx(200, rel=0.02)


def test_two_tabs_of_one_child_count_once(alice: Student, book: Book, rivera: Client) -> None:
    pages = SimulatedPage(WORDS), SimulatedPage(WORDS)
    for page in pages:
        CHILDREN["reads silently"](page)
    hands = [opened(alice, book) for _ in pages]
    hands[1].student_clock = hands[0].student_clock
    for hand in hands:
        hand.begin_watching(0.0)
    for tab, moment in at_once(*pages):
        play(hands[tab], [moment], timezone.now() - dt.timedelta(seconds=pages[tab].clock))
    rows = csv_rows(rivera, "/teachers/students/alice/report/books.csv")
    minutes = sum(float(row["Read by oneself, min"]) for row in rows)
    assert minutes == pytest.approx(3.75, rel=0.05)


def test_whoever_gets_stuck_stays_in_sight_and_whoever_left_is_away(
    alice: Student, book: Book, rivera: Client
) -> None:
    played(alice, book, "gets stuck")
    wall = rivera.get("/teachers/classes/room-12").content.decode()
    assert "Hand up" in wall
    assert "Away since" in wall
