"""``prepare_book``: drafts by rule, and by a model behind a server that speaks its batches."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from library.book_structure.loading import prepared_of
from library.models import Book, PreparedLine
from library.preparing.model_drafts import half_chapters
from library.preparing.places import BookPlaces
from tests.library.books import make_book
from tests.services.batches_server import JSON, BatchesServer, errored, succeeded

pytestmark = pytest.mark.django_db

TEXT = (
    "Old Bram, the miller, was curious. He could not sleep, because the wind had gone away.\n\n"
    "Then Gusta hissed at the kite. She kept the wind under it."
)
ENTRIES: list[JSON] = [
    {"kind": "sense", "quote": "was curious", "subject": "curious", "text": "eager to know"},
    {"kind": "easier", "quote": "He could not sleep", "text": "Bram lay awake. There was no wind."},
    {"kind": "cause", "quote": "could not sleep", "questions": ["why"], "text": "It was quiet."},
    {"kind": "person", "quote": "Old Bram", "subject": "Bram", "text": "Bram is the miller."},
]
WRONG = [
    {"kind": "easier", "quote": "This stands nowhere.", "text": "No."},
    {"kind": "easier", "quote": "was curious", "text": "Soon Gusta comes."},
    {"kind": "sense", "quote": "was curious", "subject": "wind", "text": "not in that sentence"},
    {"kind": "cause", "quote": "was curious", "questions": [], "text": "Nobody asks."},
    {"kind": "easier", "quote": "She kept the wind", "text": "That is another half."},
    {"kind": "nonsense", "quote": "was curious", "text": "No such kind."},
    "no entry at all",
]


@pytest.fixture
def book(settings: Settings) -> Book:
    settings.ANTHROPIC_API_KEY = "test"
    return make_book(TEXT, slug="mill")


def answer(request: JSON) -> JSON:
    if request["custom_id"] == "half-0":
        return succeeded(json.dumps({"entries": [*ENTRIES, *WRONG]}))
    return errored()


def prepare(*arguments: str) -> str:
    out = StringIO()
    call_command("prepare_book", "mill", *arguments, "--poll", "0", stdout=out)
    return out.getvalue()


def drafts(source: str) -> set[tuple[str, str]]:
    rows = PreparedLine.objects.filter(source=source, status=PreparedLine.Status.DRAFT)
    return {(line.kind, line.text) for line in rows}


def test_without_a_key_the_rules_draft_and_nothing_is_served(book: Book) -> None:
    assert "By rule: " in prepare()
    kinds = {kind for kind, _ in drafts(PreparedLine.Source.RULES)}
    assert {"cause", "person"} <= kinds
    assert prepared_of(book.pk) == ()
    assert "By rule: 0 new drafts." in prepare()


def test_a_batch_is_priced_before_and_after_and_its_drafts_wait(
    book: Book, settings: Settings
) -> None:
    with BatchesServer(answer) as server:
        settings.ANTHROPIC_BASE_URL = server.url
        told = prepare("--model", "--yes")
    assert "A batch of 2 requests: about " in told
    assert "4 new drafts, 7 left out" in told
    assert "1 requests failed. It took 1,000 tokens in and 200 out, 0.00 US dollars." in told
    assert drafts(PreparedLine.Source.MODEL) == {(row["kind"], row["text"]) for row in ENTRIES}
    assert prepared_of(book.pk) == ()
    first, second = server.requests
    assert "Gusta" not in json.dumps(first)
    assert "Gusta" in json.dumps(second)
    assert first["params"]["output_config"]["format"]["type"] == "json_schema"


def test_nothing_is_spent_without_saying_so(book: Book, settings: Settings) -> None:
    with BatchesServer(answer) as server:
        settings.ANTHROPIC_BASE_URL = server.url
        assert "Nothing was sent" in prepare("--model", "claude-of-tomorrow")
    assert server.requests == []


def test_a_batch_begun_before_is_collected(book: Book, settings: Settings) -> None:
    with BatchesServer(answer) as server:
        settings.ANTHROPIC_BASE_URL = server.url
        server.requests.append({"custom_id": "half-0"})
        server.requests.append({"custom_id": "half-99"})
        server.requests.append({"custom_id": "other"})
        assert "4 new drafts, 7 left out" in prepare("--batch", "msgbatch_1")


@pytest.mark.parametrize("text", ["", "no JSON", "[]", '{"entries": 1}'])
def test_a_model_that_writes_nonsense_drafts_nothing(
    book: Book, settings: Settings, text: str
) -> None:
    with BatchesServer(lambda _: succeeded(text)) as server:
        settings.ANTHROPIC_BASE_URL = server.url
        assert "0 new drafts, 0 left out" in prepare("--model", "--yes")


def test_a_service_that_refuses_is_said_in_a_line(book: Book, settings: Settings) -> None:
    with BatchesServer(answer) as server:
        settings.ANTHROPIC_BASE_URL = server.url
        server.status = 401
        with pytest.raises(CommandError, match="AuthenticationError"):
            prepare("--model", "--yes")


def test_a_model_needs_a_key_and_a_book(book: Book, settings: Settings) -> None:
    settings.ANTHROPIC_API_KEY = ""
    with pytest.raises(CommandError, match="ANTHROPIC_API_KEY"):
        prepare("--model")
    Book.objects.all().delete()
    with pytest.raises(CommandError, match="no such book"):
        prepare()


@pytest.mark.parametrize("sentences", [["One."], ["One.", "Two."], ["One.", "Two.", "Three."]])
def test_half_chapters_are_the_whole_book(sentences: list[str]) -> None:
    places = BookPlaces([[[[word] for word in sentences]], [[["Four."]]]])
    words = [word for first, last in half_chapters(places) for word in range(first, last + 1)]
    assert words == list(range(len(places.words)))
