"""A grown-up with the right approves, edits and drops drafts; only what is approved is served."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from library.book_structure import forget_books
from library.book_structure.loading import prepared_of
from library.language.prepared import PreparedEntry
from library.models import Book, PreparedLine
from library.preparing.storing import store_drafts
from readerai.accounts.models import Role, User
from tests.library.books import make_book
from tests.readerai.accounts.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Book:
    forget_books()
    return make_book("Our hill is steep. We like Rosa.", slug="our-hill")


def drafted(book: Book, *texts: str) -> list[PreparedLine]:
    entries = [
        PreparedEntry("easier", 0, 3, 3, text, subject=str(place))
        for place, text in enumerate(texts)
    ]
    assert store_drafts(book, entries, PreparedLine.Source.RULES) == len(texts)
    return list(PreparedLine.objects.order_by("pk"))


def teacher(*, with_right: bool = True) -> User:
    user = make_user("reviewer", Role.TEACHER)
    if with_right:
        user.user_permissions.add(Permission.objects.get(codename="approve_preparedline"))
    return user


def page(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def test_what_was_decided_is_saved_with_who_decided_it(book: Book) -> None:
    kept, edited, dropped, later = drafted(book, "High.", "Stepe.", "Wrong.", "Hm.")
    user = teacher()
    sent = {
        "line": [kept.pk, edited.pk, dropped.pk, later.pk],
        f"status-{kept.pk}": "approved", f"text-{kept.pk}": "High.",
        f"status-{edited.pk}": "approved", f"text-{edited.pk}": " Steep  \n up. ",
        f"status-{dropped.pk}": "dropped", f"text-{dropped.pk}": "Wrong.",
        f"status-{later.pk}": "draft", f"text-{later.pk}": "Hm.",
    }  # fmt: skip
    answer = page(user).post("/books/our-hill/prepared", sent)
    assert answer.status_code == 302
    assert [entry.text for entry in prepared_of(book.pk)] == ["High.", "Steep up."]
    dropped.refresh_from_db()
    later.refresh_from_db()
    assert (dropped.status, dropped.reviewed_by) == ("dropped", user)
    assert (later.status, later.reviewed_by) == ("draft", None)


def test_the_rest_of_a_page_can_be_approved_at_once(book: Book) -> None:
    first, second = drafted(book, "High.", "Wrong.")
    sent = {
        "approve_rest": "1", "line": [first.pk, second.pk],
        f"status-{first.pk}": "draft", f"text-{first.pk}": "High.",
        f"status-{second.pk}": "dropped", f"text-{second.pk}": "Wrong.",
    }  # fmt: skip
    page(teacher()).post("/books/our-hill/prepared", sent)
    assert [entry.text for entry in prepared_of(book.pk)] == ["High."]


@pytest.mark.parametrize(
    ("text", "why"), [("", "It says nothing"), ("We meet Rosa there.", "names rosa too early")]
)
def test_what_cannot_be_told_at_its_place_is_not_approved(book: Book, text: str, why: str) -> None:
    (line,) = drafted(book, "High.")
    sent = {"line": line.pk, f"status-{line.pk}": "approved", f"text-{line.pk}": text}
    answer = page(teacher()).post("/books/our-hill/prepared", sent, follow=True)
    assert why in answer.content.decode()
    assert prepared_of(book.pk) == ()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"line": "x"},
        {"line": "9" * 40},
        {"line": "²"},
        {"line": "1", "status-1": "nonsense"},
        {"line": "7777", "status-7777": "approved", "text-7777": "x"},
    ],
)
def test_a_strange_form_changes_nothing(book: Book, sent: dict[str, str]) -> None:
    drafted(book, "High.")
    assert page(teacher()).post("/books/our-hill/prepared", sent).status_code == 302
    assert prepared_of(book.pk) == ()


def test_without_the_right_there_is_no_such_page(book: Book) -> None:
    assert page(teacher(with_right=False)).get("/books/our-hill/prepared").status_code == 404


def test_with_the_right_each_line_stands_beside_its_sentence(
    book: Book, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser, lines = page(teacher()), drafted(book, "High.", "Steep up.")
    browser.get("/books/our-hill/prepared")
    with django_assert_num_queries(7):
        shown = browser.get("/books/our-hill/prepared?page=9").content.decode()
    assert shown.count("Our hill is steep.") == len(lines)
    assert all(f'name="text-{line.pk}"' in shown for line in lines)
