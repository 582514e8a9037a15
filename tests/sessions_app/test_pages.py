"""A child's pages: what they hold, what they do not show, and how much work they make."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.models import Book
from readerai.accounts.models import Student
from sessions_app.domain import lifecycle
from sessions_app.domain.evidence import Evidence
from sessions_app.domain.hand.commit import change
from sessions_app.domain.hand.hand import Hand
from sessions_app.messages import CompleteSession
from sessions_app.messages.dispatch import perform
from sessions_app.student import shelf
from sessions_app.student.appearance import Appearance
from tests.library.books import make_book
from tests.readerai.accounts.people import make_class, make_student, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def child() -> Student:
    teacher = make_user("ms-hill", role="teacher")
    return make_student("pia", make_class("room-1", teacher=teacher))


@pytest.fixture
def browser_of_child(child: Student, client: Client) -> Client:
    client.force_login(child.user)
    return client


def begin(child: Student, count: int) -> list[Book]:
    books = [make_book(slug=f"book-{number}", title=f"Book {number}") for number in range(count)]
    for book in books:
        lifecycle.start(student=child, book=book)
    return books


def queries(client: Client, address: str) -> int:
    client.get(address)  # the first one of a browser also opens its sign-in
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["/library", "/me", "/me/shared", "/books/a-book"])
def test_a_page_makes_as_many_queries_for_thirty_books_as_for_one(
    child: Student, browser_of_child: Client, address: str
) -> None:
    lifecycle.start(student=child, book=make_book())
    one = queries(browser_of_child, address)
    begin(child, 30)
    queries(browser_of_child, address)  # book structures are read once for a process
    assert queries(browser_of_child, address) == one


def test_the_library_offers_to_go_on_with_the_book_that_was_read_last(
    child: Student, browser_of_child: Client
) -> None:
    begin(child, 2)
    page = browser_of_child.get("/library").content.decode()
    assert "Go on reading" in page
    assert '<h1 id="current-title">Book 1</h1>' in page


def test_a_search_that_finds_nothing_says_so_and_leads_back(browser_of_child: Client) -> None:
    make_book()
    page = browser_of_child.get("/library", {"q": "zebra\x00", "level": "99999"}).content.decode()
    assert "There is no such book on this shelf." in page
    assert 'href="/library"' in page


def test_starting_a_book_opens_a_session_at_the_chapter_that_was_chosen(
    child: Student, browser_of_child: Client
) -> None:
    book = make_book()
    answer = browser_of_child.post("/books/a-book/start", {"chapter": "1"})
    session = child.sessions.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/read/{session.pk}"
    page = browser_of_child.get(answer["Location"])
    assert page.context["config"]["startWordIndex"] == book.chapters.get(index=1).first_word_index


@pytest.mark.parametrize("chapter", ["", "-1", "x", "99", "9" * 30])
def test_a_chapter_that_is_not_there_opens_the_book_at_its_beginning(
    child: Student, browser_of_child: Client, chapter: str
) -> None:
    make_book()
    answer = browser_of_child.post("/books/a-book/start", {"chapter": chapter})
    assert browser_of_child.get(answer["Location"]).context["config"]["startWordIndex"] == 0


def test_the_chapter_is_in_the_page_with_the_childs_place_marked(
    child: Student, browser_of_child: Client
) -> None:
    chapter = make_book().chapters.get(index=1)
    place = chapter.first_word_index + 1
    words = [word for each in chapter.paragraphs for sentence in each for word in sentence]
    session = lifecycle.start(student=child, book=chapter.book, start_word_index=place)
    page = browser_of_child.get(f"/read/{session.pk}").content.decode()
    [printed] = re.findall(
        r'<section class="chapter" data-chapter="1">(.*?)</section>', page, re.DOTALL
    )
    assert f'<span class="w now">{words[1]}</span>' in printed
    text = html.unescape(re.sub(r"<h2>.*?</h2>|<[^>]+>", "", printed))
    assert text.split() == " ".join(words).split()


def test_a_chapter_chosen_by_address_opens_there_and_writes_nothing(
    child: Student, browser_of_child: Client
) -> None:
    book = make_book()
    session = lifecycle.start(student=child, book=book)
    page = browser_of_child.get(f"/read/{session.pk}", {"chapter": "1"})
    second = book.chapters.get(index=1)
    assert page.context["config"]["startWordIndex"] == second.first_word_index
    assert f'<section class="chapter" data-chapter="{second.index}">' in page.content.decode()
    assert browser_of_child.get(f"/read/{session.pk}").context["config"]["startWordIndex"] == 0


def ended(child: Student, browser_of_child: Client, *, covered: int) -> str:
    """The page after a book of ten words of which so many were read."""
    session = lifecycle.start(student=child, book=make_book())

    def read(hand: Hand) -> None:
        hand.state.evidence = Evidence(covered=[(0, covered - 1)], read_time=90.0)

    change(session.pk, read)
    perform(session.pk, CompleteSession())
    page = browser_of_child.get(f"/read/{session.pk}").content.decode()
    assert "reader-config" not in page
    assert "2 minutes of reading" in page
    return page


def test_a_finished_book_shows_how_it_was(child: Student, browser_of_child: Client) -> None:
    page = ended(child, browser_of_child, covered=10)
    assert "You read A Book" in page
    assert "Closed" not in page
    assert "To the end" in browser_of_child.get("/me").content.decode()


def test_a_book_that_was_closed_early_says_so(child: Student, browser_of_child: Client) -> None:
    page = ended(child, browser_of_child, covered=2)
    assert "You closed A Book" in page
    assert "Closed at 20%" in page
    mine = browser_of_child.get("/me").content.decode()
    assert "Closed at 20%" in mine
    assert "You have finished" not in mine


@pytest.mark.parametrize(("grade", "minutes"), [(0, 50), (2, 28), (5, 20), (12, 19)])
def test_time_of_a_book_is_that_of_the_grade_until_a_child_has_a_pace(
    grade: int, minutes: int
) -> None:
    assert shelf.minutes_for(3000, shelf.pace(Student(reading_level=grade), [])) == minutes


def test_another_childs_session_is_not_there(child: Student, client: Client) -> None:
    session = lifecycle.start(student=child, book=make_book())
    client.force_login(make_student("tom").user)
    assert client.get(f"/read/{session.pk}").status_code == 404
    assert client.get("/read/session-0").status_code == 404


def test_teachers_have_no_childs_pages(client: Client) -> None:
    client.force_login(make_user("mr-vale", role="teacher"))
    for address in ("/library", "/me", "/me/shared"):
        assert client.get(address).status_code == 404


def test_no_page_has_script_or_style_inside(child: Student, browser_of_child: Client) -> None:
    session = lifecycle.start(student=child, book=make_book())
    for address in ("/library", "/books/a-book", f"/read/{session.pk}", "/me", "/me/shared"):
        page = browser_of_child.get(address).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        inline = page.replace('<script id="reader-config" type="application/json">', "")
        assert inline.count("<script") == len(re.findall(r'<script (type="module" )?src=', inline))


def test_a_look_is_read_from_plain_measures_the_nearest_step_winning() -> None:
    chosen = {"theme": "mint", "fontSize": 27, "lineHeight": 2.2, "columnWidth": 50}
    look = Appearance.of(Student(preferences=chosen))
    assert (look.theme, look.size, look.spacing, look.width) == ("mint", 28, "widest", "narrow")


def test_a_look_from_nonsense_is_as_it_was_made() -> None:
    nonsense = {"theme": ["dusk"], "fontSize": "big", "rate": True, "voice": "Zoe", "font": 3}
    assert Appearance.of(Student(preferences=nonsense, reading_level=3)) == Appearance()


@pytest.mark.parametrize(
    ("grade", "chosen", "aloud"),
    [(0, {}, True), (2, {}, True), (3, {}, False), (1, {"readEverything": False}, False)],
)
def test_to_the_youngest_everything_is_read_aloud_unless_they_choose(
    grade: int, chosen: dict[str, bool], aloud: bool
) -> None:
    assert Appearance.of(Student(preferences=chosen, reading_level=grade)).aloud is aloud
