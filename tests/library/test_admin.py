"""Staff look at the library; what is read in it never changes there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from library.models import Book, Checkpoint, GlossaryEntry, Narration
from readerai.accounts.models import User
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
    assert "is on the shelf: 13 words" in said
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
