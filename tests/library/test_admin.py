"""Staff look at the library; what is read in it never changes there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from library.models import Book, Checkpoint, GlossaryEntry, Narration
from library.narration import job
from readerai.accounts.models import Role, School, User
from tests.library.books import make_book

MODELS = ["book", "chapter", "checkpoint", "glossaryentry", "narration"]


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


def fill(slug: str) -> None:
    book = make_book(slug=slug, title=slug)
    chapter = book.chapters.get(index=0)
    Checkpoint.objects.create(
        book=book, slug="why", kind="prediction", at_word=3, question="Why?", explanation="So."
    )
    GlossaryEntry.objects.create(book=book, headword="two", meaning="one more than one")
    Narration.objects.create(
        chapter=chapter,
        voice="espeak:en-us",
        audio=ContentFile(b"x", name="a.mp3"),
        duration_ms=61_000,
        word_starts_ms=[0] * chapter.word_count,
        timing_source="engine",
    )


def send(desk: Client, name: str, content: bytes, **form: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return desk.post("/admin/library/book/add/", {"file": file, "level": ""} | form)


def test_book_is_added_from_a_file(desk: Client, tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert "multipart/form-data" in desk.get("/admin/library/book/add/").content.decode()
    text = b"Once there was a hill. A goat lived on it.\n\nIt liked grass."
    added = send(desk, "../The Steep Hill.txt", text, level="3")
    book = Book.objects.get()
    assert added.headers["Location"] == f"/admin/library/book/{book.pk}/change/"
    assert (book.title, book.level, book.word_count) == ("The Steep Hill", 3, 13)
    said = desk.get(added.headers["Location"]).content.decode()
    assert "is here: 13 words" in said
    assert book.status == Book.Status.DRAFT
    assert "is not read aloud yet" in said
    send(desk, "The Steep Hill.txt", text, level="3")
    assert Book.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"MZ", "whose name ends with .epub, .txt or .md"),
        ("a.epub", b"PK, but not really", "it is not an EPUB file"),
        ("a.txt", b"", "empty"),
    ],
)
def test_file_that_is_no_book_is_refused_in_words(
    desk: Client, name: str, content: bytes, said: str
) -> None:
    answer = send(desk, name, content)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Book.objects.exists()


def test_book_is_added_only_by_whoever_has_the_right(client: Client, staff: User) -> None:
    User.objects.filter(pk=staff.pk).update(is_superuser=False)
    client.force_login(User.objects.get(pk=staff.pk))
    assert client.get("/admin/library/book/add/").status_code == 403
    assert send(client, "a.txt", b"A hill.").status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_lists_ask_as_often_for_thirty_rows_as_for_one(desk: Client, model: str) -> None:
    address = f"/admin/library/{model}/"
    fill("first")
    desk.get(address)  # opens the sign-in of this browser
    with CaptureQueriesContext(connection) as one:
        assert desk.get(address).status_code == 200
    for number in range(29):
        fill(f"book-{number}")
    with CaptureQueriesContext(connection) as thirty:
        assert desk.get(f"{address}?q=").status_code == 200
    assert len(thirty) == len(one)


@pytest.mark.parametrize("model", MODELS)
def test_every_row_opens_and_can_be_searched(desk: Client, model: str) -> None:
    fill("first")
    rows = {
        "book": make_book(slug="other"),
        "chapter": Narration.objects.get().chapter,
        "checkpoint": Checkpoint.objects.get(),
        "glossaryentry": GlossaryEntry.objects.get(),
        "narration": Narration.objects.get(),
    }
    assert desk.get(f"/admin/library/{model}/{rows[model].pk}/change/").status_code == 200
    assert desk.get(f"/admin/library/{model}/?q=first").status_code == 200


@pytest.mark.parametrize("model", ["chapter", "narration"])
def test_words_and_sounds_are_not_made_by_hand(desk: Client, model: str) -> None:
    assert desk.get(f"/admin/library/{model}/add/").status_code == 403


def test_a_chapters_words_cannot_be_changed(desk: Client) -> None:
    fill("first")
    chapter = Narration.objects.get().chapter
    answer = desk.post(f"/admin/library/chapter/{chapter.pk}/change/", {"title": "Mine"})
    assert answer.status_code == 403


@pytest.fixture
def keeper(client: Client, school: School) -> Client:
    """A teacher who may keep their school's books."""
    teacher = User.objects.create(username="ms-paper", role=Role.TEACHER, school=school)
    rights = Permission.objects.filter(
        content_type__app_label="library", codename__regex="book|chapter|checkpoint|glossary"
    )
    teacher.user_permissions.set(rights)
    client.force_login(teacher)
    return client


def test_teacher_who_may_keeps_the_books_of_their_own_school(
    keeper: Client, school: School
) -> None:
    other = School.objects.create(slug="other", name="Other")
    fill("foreign-book")
    Book.objects.update(school=other)
    send(keeper, "Our Hill.txt", b"Once there was a hill.")
    own = Book.objects.get(school=school)
    listed = keeper.get("/admin/library/book/").content.decode()
    assert "Our Hill" in listed
    assert "foreign-book" not in listed
    foreign = Book.objects.get(school=other)
    assert keeper.get(f"/admin/library/book/{own.pk}/preview/0/").status_code == 200
    assert keeper.get(f"/admin/library/book/{foreign.pk}/preview/0/").status_code == 404
    for model in ("chapter", "checkpoint", "glossaryentry"):
        assert "foreign-book" not in keeper.get(f"/admin/library/{model}/").content.decode()
    assert question(keeper, foreign).status_code == 200  # the form again
    assert keeper.get("/admin/accounts/user/").status_code == 404
    keeper.post(f"/admin/library/book/{own.pk}/change/", {"school": other.pk})
    own.refresh_from_db()
    assert own.school == school
    assert Checkpoint.objects.count() == 1


def test_published_book_is_on_the_shelf_and_a_withdrawn_one_is_read_on(
    desk: Client, child: User
) -> None:
    book = make_book()
    Book.objects.update(status=Book.Status.DRAFT)
    seen = [(Book.objects.visible_to, Book.objects.readable_by)[n](child) for n in (0, 1)]
    assert [rows.count() for rows in seen] == [0, 0]
    for action, counts in (("publish_books", [1, 1]), ("withdraw_books", [0, 1])):
        desk.post("/admin/library/book/", {"action": action, "_selected_action": [book.pk]})
        assert [rows.all().count() for rows in seen] == counts


def question(client: Client, book: Book, **fields: Any) -> Any:
    form = {
        "book": book.pk,
        "at_word": 3,
        "kind": "comprehension",
        "required": "on",
        "question": "Who?",
        "choices": "",
        "answer": "",
        "accept": "",
        "explanation": "So.",
    }
    return client.post("/admin/library/checkpoint/add/", form | fields)


def test_word_of_the_preview_leads_to_a_question_at_its_place(desk: Client) -> None:
    book = make_book()
    preview = desk.get(f"/admin/library/book/{book.pk}/preview/0/").content.decode()
    address = f"/admin/library/checkpoint/add/?book={book.pk}&amp;at_word=3"
    assert address in preview
    form = desk.get(address.replace("&amp;", "&")).content.decode()
    assert 'name="at_word" value="3"' in form
    question(desk, book, choices="The goat\r\nThe dog", answer="The dog")
    saved = Checkpoint.objects.get()
    assert (saved.slug, saved.choices, saved.at_word) == ("who", ["The goat", "The dog"], 3)
    assert "Who?" in desk.get(f"/admin/library/book/{book.pk}/preview/0/").content.decode()
    form = desk.get(f"/admin/library/checkpoint/{saved.pk}/change/").content.decode()
    assert "The goat\nThe dog" in form


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "what to listen for"),
        ({"choices": "A\nB"}, "one of the choices"),
        ({"choices": "A\nB", "answer": "C"}, "one of the choices"),
        ({"choices": "A", "answer": "A"}, "two choices"),
        ({"choices": "A\nA", "answer": "A"}, "two choices"),
        ({"choices": "A\nB", "answer": "A", "accept": "x"}, "without choices"),
        ({"accept": "goat", "at_word": 10_000}, "last word is number"),
        ({"accept": " , ,\n"}, "what to listen for"),
    ],
)
def test_question_that_nobody_can_answer_is_not_saved(
    desk: Client, fields: dict[str, Any], said: str
) -> None:
    answer = question(desk, make_book(), **fields)
    assert said in answer.content.decode()
    assert not Checkpoint.objects.exists()


def test_ideas_are_lines_of_words(desk: Client) -> None:
    question(desk, make_book(), accept="goat, kid\nhill")
    assert Checkpoint.objects.get().accept == [["goat", "kid"], ["hill"]]


def test_book_is_read_aloud_in_the_background(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def narrate(slugs: list[str]) -> None:
        asked.extend(slugs)
        job._reading.release()

    monkeypatch.setattr(job, "_narrate", narrate)
    book = make_book()
    desk.post("/admin/library/book/", {"action": "narrate_books", "_selected_action": [book.pk]})
    with job._reading:
        assert asked == [book.slug]
