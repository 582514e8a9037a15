"""Pictures of an EPUB: kept where they stand, written anew, and left out with a word about it."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from library.importing.epub.ocf.archive import Archive
from library.importing.epub.reading import read_epub
from library.importing.imported import ImportedBook, ImportProblem
from library.importing.pictures import LONGEST_SIDE, PictureProblem, write_anew
from library.importing.storing import store_book
from library.models import Book, Illustration
from library.printed import printed_chapter
from tests.library.books import make_book
from tests.library.epubs import package, write_epub, xhtml
from tests.library.importing.books import left_out


def drawn(width: int = 300, height: int = 200, *, kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, kind)
    return out.getvalue()


def book_in(folder: Path, *bodies: str, items: str = "", **pictures: bytes) -> ImportedBook:
    """A book of files with those bodies; ``pictures`` are PNG files by their stem."""
    names = [f"c{place}.xhtml" for place in range(len(bodies))]
    files: dict[str, str | bytes] = {"package.opf": package(names, items=items)}
    files |= {name: xhtml(body) for name, body in zip(names, bodies, strict=True)}
    files |= {f"{stem}.png": raw for stem, raw in pictures.items()}
    folder.mkdir(exist_ok=True)
    with Archive(write_epub(folder / "b.epub", files)) as archive:
        return read_epub(archive, folder)


def placed(book: ImportedBook) -> list[list[tuple[int, str]]]:
    return [[(p.before_paragraph, p.alternative) for p in c.pictures] for c in book.chapters]


IMG = '<img src="a.png" alt="A fox"/>'


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([f"<h1>One</h1>{IMG}<p>She ran.</p><p>Home.</p>"], [[(0, "A fox")]]),
        ([f"<h1>One</h1><p>She ran.</p><div>{IMG}</div><p>Home.</p>"], [[(1, "A fox")]]),
        ([f"<h1>One</h1><p>She {IMG} ran.</p><p>Home.</p>"], [[(1, "A fox")]]),
        ([f"<h1>One</h1><p>She ran.</p>{IMG}"], [[(1, "A fox")]]),
        (["<h1>One</h1><p>Ran.</p>", IMG, "<h1>Two</h1><p>Home.</p>"], [[], [(0, "A fox")]]),
        (["<h1>One</h1><p>Ran.</p>", "<h1>Two</h1><p>Home.</p>", IMG], [[], [(1, "A fox")]]),
        (
            [f"<h1>One</h1><p>Ran.</p><h1>Two</h1><p>Home.</p>{IMG}<p>End.</p>"],
            [[], [(1, "A fox")]],
        ),
    ],
)
def test_picture_stands_where_it_stood(
    tmp_path: Path, bodies: list[str], expected: list[list[tuple[int, str]]]
) -> None:
    assert placed(book_in(tmp_path, *bodies, a=drawn())) == expected


def test_picture_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    body = (
        '<h1>One</h1><p>She ran.</p><img src="gone.png" alt="A hen"/><img src="bad.png" alt="x"/>'
        '<img src="dot.png" alt=""/>'
    )
    book = book_in(tmp_path, body, bad=b"\x89PNG nothing", dot=drawn(10, 10))
    assert placed(book) == [[]]
    assert left_out(book) == {"picture": (2, 3), "ornament": (1, 0)}


def test_picture_between_all_scenes_is_an_ornament(tmp_path: Path) -> None:
    body = "<h1>One</h1>" + f"<p>She ran.</p>{IMG}" * 4
    book = book_in(tmp_path, body, a=drawn())
    assert (placed(book), set(left_out(book))) == ([[]], {"ornament"})


def test_picture_written_into_the_page_is_kept(tmp_path: Path) -> None:
    source = f"data:image/png;base64,{base64.b64encode(drawn()).decode()}"
    book = book_in(tmp_path, f'<h1>One</h1><p>She ran.</p><img src="{source}" alt="A fox"/>')
    assert placed(book) == [[(1, "A fox")]]


@pytest.mark.parametrize(
    ("items", "bodies"),
    [
        (
            '<item id="c" href="a.png" media-type="image/png" properties="cover-image"/>',
            ["<h1>One</h1><p>She ran.</p>"],
        ),
        ("", [IMG, "<h1>One</h1><p>She ran.</p>"]),
    ],
)
def test_cover_is_the_books_own_and_no_picture_of_a_chapter(
    tmp_path: Path, items: str, bodies: list[str]
) -> None:
    book = book_in(tmp_path, *bodies, items=items, a=drawn())
    assert book.cover is not None
    assert placed(book) == [[]]


def test_book_of_pictures_alone_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="its pages are pictures"):
        book_in(tmp_path, IMG, IMG, a=drawn())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_picture_is_written_anew_no_larger_than_a_screen(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "p.webp"
    size = write_anew(drawn(3000, 1500, kind=kind), target)
    assert size == (LONGEST_SIDE, LONGEST_SIDE // 2)
    with Image.open(target) as picture:
        assert (picture.format, picture.size) == ("WEBP", size)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "CMYK"])
def test_picture_of_any_colours_is_written(tmp_path: Path, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert write_anew(drawn(kind=kind, mode=mode), tmp_path / "p.webp") == (300, 200)


def test_drawing_without_paper_gets_white_paper(tmp_path: Path) -> None:
    write_anew(drawn(mode="RGBA"), tmp_path / "p.webp")
    with Image.open(tmp_path / "p.webp") as picture:
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "raw",
    [b"", b"nothing", b"\x89PNG\r\n\x1a\n", drawn()[:60], drawn(7000, 6000, mode="1"), b"<svg/>"],
)
def test_picture_that_is_damaged_or_too_large_is_refused(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(PictureProblem):
        write_anew(raw, tmp_path / "p.webp")


@pytest.fixture
def stored(tmp_path: Path) -> Book:
    body = f"<h1>One</h1><p>She ran.</p>{IMG}<p>Home.</p>"
    items = '<item id="c" href="k.png" media-type="image/png" properties="cover-image"/>'
    return store_book(book_in(tmp_path, body, items=items, a=drawn(), k=drawn(60, 90))).book


@pytest.mark.django_db
def test_pictures_are_told_and_served_to_readers(stored: Book, reader: Client) -> None:
    [shown] = reader.get(f"/api/books/{stored.slug}/chapters/0").json()["pictures"]
    assert (shown["beforeParagraph"], shown["alternative"]) == (1, "A fox")
    assert (shown["width"], shown["height"]) == (300, 200)
    cover = reader.get(f"/api/books/{stored.slug}").json()["coverUrl"]
    for address in (shown["url"], cover):
        answer = reader.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert Client().get(address).status_code == 302


@pytest.mark.django_db
def test_picture_that_is_not_there_is_not_found(stored: Book, reader: Client) -> None:
    other = make_book()
    addresses = [
        reverse("chapter_picture", args=[stored.slug, 0, 1]),
        reverse("chapter_picture", args=[stored.slug, 0, 10**12]),
        reverse("chapter_picture", args=["no-such-book", 0, 0]),
        reverse("book_cover_picture", args=[other.slug]),
    ]
    assert [reader.get(address).status_code for address in addresses] == [404] * 4
    [illustration] = Illustration.objects.all()
    default_storage.delete(str(illustration.picture.name))
    assert reader.get(reverse("chapter_picture", args=[stored.slug, 0, 0])).status_code == 404


@pytest.mark.django_db
def test_printed_chapter_holds_its_pictures(stored: Book) -> None:
    printed = printed_chapter(stored, 0)
    assert printed is not None
    assert [len(paragraph.pictures) for paragraph in printed.paragraphs] == [0, 1]


@pytest.mark.django_db
def test_printed_chapter_ends_with_its_last_picture(tmp_path: Path) -> None:
    body = f"<h1>One</h1><p>She ran.</p>{IMG}"
    printed = printed_chapter(store_book(book_in(tmp_path, body, a=drawn())).book, 0)
    assert printed is not None
    last = printed.paragraphs[-1]
    assert (last.sentences, [shown.alternative for shown in last.pictures]) == ([], ["A fox"])


def test_picture_in_the_spine_is_a_page_of_the_chapter_after_it(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "b.epub",
        {
            "package.opf": package(["a.xhtml", "p 1.png", "b.xhtml"]),
            "a.xhtml": xhtml("<h1>One</h1><p>Before.</p>"),
            "p 1.png": drawn(),
            "b.xhtml": xhtml("<h1>Two</h1><p>After.</p>"),
        },
    )
    with Archive(path) as archive:
        assert placed(read_epub(archive, tmp_path)) == [[], [(0, "")]]
