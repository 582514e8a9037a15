"""The REST calls for books, as the wire contract has them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.models import Book, Checkpoint, Narration
from readerai.accounts.models import School
from tests.library.books import make_book


def queries() -> AbstractContextManager[CaptureQueriesContext]:
    return CaptureQueriesContext(connection)


def add_narration(book: Book) -> Narration:
    chapter = book.chapters.get(index=0)
    return Narration.objects.create(
        chapter=chapter,
        voice="espeak:en-us",
        audio=ContentFile(bytes(range(256)) * 40, name="a.mp3"),
        duration_ms=9000,
        word_starts_ms=[place * 500 for place in range(chapter.word_count)],
        timing_source=Narration.TimingSource.ENGINE,
    )


def test_a_page_of_books_has_the_easiest_first(reader: Client) -> None:
    make_book(slug="hard", title="Hard", level=5)
    make_book(slug="easy", title="Easy", level=1)
    body = reader.get("/api/books").json()
    assert body["next"] is None
    assert body["items"] == [
        {
            "bookId": slug,
            "title": slug.title(),
            "author": "An Author",
            "language": "en",
            "level": level,
            "wordCount": 10,
            "coverUrl": f"/books/{slug}/cover.svg",
        }
        for slug, level in (("easy", 1), ("hard", 5))
    ]


def test_pages_follow_one_another(reader: Client) -> None:
    for number in range(5):
        make_book(slug=f"b{number}", title=f"B{number}")
    found: list[str] = []
    url: str | None = "/api/books?limit=2"
    while url:
        body = reader.get(url).json()
        assert len(body["items"]) <= 2
        found += [item["bookId"] for item in body["items"]]
        url = body["next"]
    assert found == ["b0", "b1", "b2", "b3", "b4"]


def test_a_list_takes_as_many_queries_for_thirty_books_as_for_one(reader: Client) -> None:
    make_book()
    with queries() as one:
        reader.get("/api/books")
    for number in range(29):
        make_book(slug=f"b{number}")
    with queries() as thirty:
        assert len(reader.get("/api/books").json()["items"]) == 30
    assert len(thirty) == len(one)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("level=2", ["low"]),
        ("level=9", []),
        ("q=HIGH", ["high"]),
        ("q=author low", ["low"]),
        ("q=zzz", []),
        ("level=2&q=high", []),
        ("level=&q=", ["low", "high"]),
    ],
)
def test_filters(reader: Client, query: str, found: list[str]) -> None:
    make_book(slug="low", title="Low", level=2)
    make_book(slug="high", title="High", level=4)
    items = reader.get(f"/api/books?{query}").json()["items"]
    assert [item["bookId"] for item in items] == found


@pytest.mark.parametrize(
    "query", ["level=x", "level=-1", "level=17", "level=²", "level=1.5", "q=" + "a" * 201, "q=%00"]
)
def test_a_filter_that_makes_no_sense_is_said(reader: Client, query: str) -> None:
    answer = reader.get(f"/api/books?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid"


def test_one_book_with_chapters_and_checkpoints(reader: Client, book: Book) -> None:
    Checkpoint.objects.create(
        book=book, slug="why", kind="prediction", at_word=7, question="Why?", explanation="So."
    )
    with queries() as asked:
        body = reader.get("/api/books/a-book").json()
    assert len(asked) <= 4  # who asks, the book, its chapters, its checkpoints
    assert body["chapters"] == [
        {"index": 0, "title": "Chapter 1", "firstWordIndex": 0, "wordCount": 7},
        {"index": 1, "title": "Chapter 2", "firstWordIndex": 7, "wordCount": 3},
    ]
    assert body["checkpoints"] == [
        {"checkpointId": "why", "kind": "prediction", "atWord": 7, "required": False}
    ]


def test_a_chapter_has_every_word_with_its_position(reader: Client, book: Book) -> None:
    body = reader.get("/api/books/a-book/chapters/1").json()
    assert body == {
        "index": 1,
        "title": "Chapter 2",
        "firstWordIndex": 7,
        "paragraphs": [
            {
                "index": 0,
                "sentences": [
                    {"firstWordIndex": 7, "words": ["Eight."]},
                    {"firstWordIndex": 8, "words": ["Nine", "ten!"]},
                ],
            }
        ],
        "narration": None,
        "pictures": [],
        "tableRows": [],
        "formulas": [],
    }


def test_a_chapter_names_its_narration(reader: Client, book: Book) -> None:
    narration = add_narration(book)
    body = reader.get("/api/books/a-book/chapters/0").json()
    assert body["narration"] == {
        "audioUrl": f"/books/a-book/chapters/0/narration.mp3?v={narration.pk}",
        "durationMs": 9000,
        "wordStartsMs": [0, 500, 1000, 1500, 2000, 2500, 3000],
        "timingSource": "engine",
    }
    sound = reader.get(body["narration"]["audioUrl"])
    assert sound.status_code == 200
    assert sound["Content-Type"] == "audio/mpeg"


ADDRESSES = [
    "/api/books/{}",
    "/api/books/{}/chapters/0",
    "/books/{}/cover.svg",
    "/books/{}/chapters/0/narration.mp3",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_schools_book_looks_like_none(reader: Client, address: str) -> None:
    other = School.objects.create(slug="other", name="Other")
    add_narration(make_book(slug="theirs", school=other))
    foreign, unknown = (reader.get(address.format(slug)) for slug in ("theirs", "nothing"))
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content
    assert reader.get("/api/books").json()["items"] == []


@pytest.mark.parametrize("index", ["2", "99999999999999999999"])
def test_an_unknown_chapter_is_not_found(reader: Client, book: Book, index: str) -> None:
    for address in (
        f"/api/books/a-book/chapters/{index}",
        f"/books/a-book/chapters/{index}/narration.mp3",
    ):
        assert reader.get(address).status_code == 404


@pytest.mark.parametrize("address", [*ADDRESSES[:2], "/api/books"])
def test_nobody_reads_without_signing_in(client: Client, book: Book, address: str) -> None:
    assert client.get(address.format("a-book")).status_code == 401


@pytest.mark.parametrize("address", ADDRESSES[2:])
def test_a_signed_out_visitor_is_led_to_sign_in(client: Client, book: Book, address: str) -> None:
    path = address.format("a-book")
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/login?next={path}"
    assert client.get(path, headers={"Authorization": "Bearer nonsense"}).status_code == 401


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/books"])
def test_nothing_here_is_written(reader: Client, book: Book, address: str) -> None:
    methods: list[Callable[[str], object]] = [reader.post, reader.put, reader.delete]
    for method in methods:
        assert getattr(method(address.format("a-book")), "status_code") == 405  # noqa: B009


SIZE = 256 * 40


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, SIZE - 1),
        ("bytes=0-99", 0, 99),
        ("bytes=500-600", 500, 600),
        ("bytes=-50", SIZE - 50, SIZE - 1),
        (f"bytes=100-{SIZE * 9}", 100, SIZE - 1),
    ],
)
def test_a_range_of_the_sound(
    reader: Client, book: Book, asked: str, first: int, last: int
) -> None:
    add_narration(book)
    path = "/books/a-book/chapters/0/narration.mp3"
    whole = reader.get(path).content
    answer = reader.get(path, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer.content == whole[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=9-3", "bytes=-0"])
def test_a_range_outside_of_the_sound_is_refused(reader: Client, book: Book, asked: str) -> None:
    add_narration(book)
    answer = reader.get("/books/a-book/chapters/0/narration.mp3", headers={"Range": asked})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("asked", ["bytes=a-b", "bytes=-", "lines=0-5", "bytes=0-1,5-6"])
def test_a_range_that_makes_no_sense_gets_the_whole(reader: Client, book: Book, asked: str) -> None:
    add_narration(book)
    answer = reader.get("/books/a-book/chapters/0/narration.mp3", headers={"Range": asked})
    assert answer.status_code == 200
    assert len(answer.content) == SIZE


def test_sound_that_changed_is_not_continued(reader: Client, book: Book) -> None:
    add_narration(book)
    headers = {"Range": "bytes=5-9", "If-Range": '"other"'}
    answer = reader.get("/books/a-book/chapters/0/narration.mp3", headers=headers)
    assert answer.status_code == 200


def test_a_lost_sound_file_is_not_found(reader: Client, book: Book) -> None:
    narration = add_narration(book)
    narration.audio.storage.delete(str(narration.audio.name))
    assert reader.get("/books/a-book/chapters/0/narration.mp3").status_code == 404
