"""``import_book``: a line per book, and nothing twice."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from django.core.management import CommandError, call_command

from library.importing.epub.overlay import seconds
from library.importing.plaintext.book import book_of_text, decoded
from library.language.reading_level import reading_level, syllable_count
from library.language.text import count_words, flatten, split_paragraphs
from library.models import Book, Chapter, Narration
from tests.library.epubs import NAV_ITEM, nav, package, simple_epub, write_epub, xhtml

pytestmark = pytest.mark.django_db
#: What an MP3 decoder puts before the first sample: 1,105 samples, at 16,000 a second.
DECODER_DELAY_MS = 69


def run(*paths: Path, **options: Any) -> tuple[list[dict[str, Any]], int]:
    """The command's JSON lines, and its exit status."""
    out = StringIO()
    try:
        call_command("import_book", *map(str, paths), json=True, stdout=out, **options)
        status = 0
    except CommandError as error:
        status = error.returncode
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_good_books_are_imported_and_bad_ones_are_said(tmp_path: Path) -> None:
    good = simple_epub(tmp_path / "good.epub", "<p>Once upon a time.</p>", "<p>The end.</p>")
    bad = tmp_path / "bad.epub"
    bad.write_bytes(b"PK\x03\x04 broken")
    lines, status = run(good, bad, tmp_path / "gone.txt", tmp_path, tmp_path / "gone.pdf")
    assert status == 1
    assert lines[0] == {
        "path": str(good),
        "bookId": "the-tin-kite",
        "title": "The Tin Kite",
        "chapters": 2,
        "words": 6,
        "narration": False,
        "warnings": [],
        "leftOut": [],
        "error": None,
    }
    assert all(line["error"] and line["bookId"] is None for line in lines[1:])
    assert Book.objects.get().slug == "the-tin-kite"


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    path = simple_epub(tmp_path / "b.epub", "<p>Once upon a time.</p>")
    first, _ = run(path)
    again, status = run(path)
    assert (again, status) == (first, 0)
    assert Chapter.objects.count() == 1


def test_another_book_of_that_title_gets_an_id_of_its_own(tmp_path: Path) -> None:
    run(simple_epub(tmp_path / "a.epub", "<p>One.</p>"))
    lines, _ = run(simple_epub(tmp_path / "b.epub", "<p>Two.</p>"))
    assert lines[0]["bookId"] == "the-tin-kite-2"


def test_chapters_carry_on_the_word_index(tmp_path: Path) -> None:
    run(simple_epub(tmp_path / "b.epub", "<p>One two.</p>", "<p>Three.</p>", "<p>Four.</p>"))
    assert list(
        Chapter.objects.order_by("index").values_list("first_word_index", "word_count")
    ) == [*((0, 2), (2, 1), (3, 1))]


def test_a_given_level_counts(tmp_path: Path) -> None:
    run(simple_epub(tmp_path / "b.epub", "<p>One.</p>"), level=7)
    assert Book.objects.get().level == 7


def test_folder_with_a_list_of_levels_is_imported_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A hen sat.")
    (tmp_path / "b.txt").write_text("A fox ran.")
    (tmp_path / "levels.csv").write_text("file,grade\na.txt,2\nb.txt,\n../c.txt,1\nd.txt,3\n")
    lines, status = run(tmp_path, level=5)
    assert [line["error"] for line in lines] == [None, None, "there is no such file"]
    assert status == 1
    assert dict(Book.objects.values_list("slug", "level")) == {"a": 2, "b": 5}


@pytest.mark.parametrize("level", ["-1", "13", "x"])
def test_a_level_that_is_no_grade_is_refused(tmp_path: Path, level: str) -> None:
    with pytest.raises(CommandError):
        call_command("import_book", "x.txt", "--level", level)


def test_a_text_file_is_a_book(tmp_path: Path) -> None:
    path = tmp_path / "the_red-door.txt"
    path.write_text("# One\n\nHello there.\n\n# Two\n\nGood\nbye.\n", encoding="utf-8")
    lines, status = run(path)
    assert status == 0
    assert (lines[0]["title"], lines[0]["chapters"], lines[0]["words"]) == ("The red door", 2, 4)


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02binary", b"\xff\xfe\x00", b"\x81\x8d" * 400])
def test_what_is_no_text_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(raw)
    lines, status = run(path)
    assert status == 1
    assert lines[0]["error"]
    assert not Book.objects.exists()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("caf\u00e9".encode(), "café"),
        ("\ufeffcaf\u00e9".encode(), "café"),
        ("café".encode("utf-16"), "café"),
        ("“café”".encode("cp1252"), "“café”"),
        ("café".encode("utf-16-le"), "café"),
        ("café".encode("utf-16-be"), "café"),
    ],
)
def test_encodings(raw: bytes, text: str) -> None:
    assert decoded(raw)[0] == text


def test_wrapped_lines_are_joined_and_verse_is_kept() -> None:
    prose = (
        "This line is long enough that it was surely broken by a\n"
        "machine and at its width, and certainly not by any poet.\n"
    )
    verse = "Up, up it flew\nInto the blue\n"
    chapter = book_of_text(f"{prose}\n{verse}\n{prose}", title="T").chapters[0]
    assert [" ".join(flatten([p]))[:14] for p in chapter.paragraphs] == [
        *("This line is l", "Up, up it flew", "Into the blue", "This line is l")
    ]


def test_numbered_headings_begin_chapters() -> None:
    book = book_of_text("CHAPTER I\n\nOne.\n\nChapter 2. Away\n\nTwo.", title="T")
    assert [chapter.title for chapter in book.chapters] == ["CHAPTER I", "Chapter 2. Away"]


def test_a_title_below_a_number_belongs_to_it_and_a_title_page_is_no_chapter() -> None:
    text = (
        "Title: The Tale\n\nAuthor: Jane Roe\n\n*** START OF THE PROJECT GUTENBERG EBOOK ***\n\n"
        "THE TALE\n\nby Jane Roe\n\nCHAPTER I.\n\nThe Cat\n\nA cat sat.\n\nCHAPTER II.\n\n"
        "“Stop”\n\nA dog came.\n\n*** END OF THE PROJECT GUTENBERG EBOOK ***\n\nLicence"
    )
    book = book_of_text(text, title="file")
    assert (book.title, book.author) == ("The Tale", "Jane Roe")
    assert [chapter.title for chapter in book.chapters] == ["CHAPTER I: The Cat", "CHAPTER II."]
    assert [" ".join(flatten(chapter.paragraphs)) for chapter in book.chapters] == [
        *("A cat sat.", "“Stop” A dog came.")
    ]


def test_syllables_are_those_of_the_pronouncing_dictionary() -> None:
    counts = {"cat": 1, "Dorothy": 3, "goat’s": 1, "wonderful,": 3, "1900": 0, "flooberly": 3}
    assert {word: syllable_count(word) for word in counts} == counts


def test_levels_follow_flesch_and_kincaid() -> None:
    # 6 words, 2 sentences, 6 syllables: 0.39 * 3 + 11.8 * 1 - 15.59 < 0
    assert reading_level([split_paragraphs("The cat sat. It was fun.")]) == 0
    hard = (
        "Considerable international deliberation preceded the negotiated constitutional settlement."
    )
    assert reading_level([split_paragraphs(hard)]) == 12


@pytest.mark.parametrize(
    ("clock", "value"),
    [
        ("0:23:30", 1410.0),
        ("23:30", 1410.0),
        ("23.5min", 1410.0),
        ("45.3s", 45.3),
        ("56ms", 0.056),
        ("1:00:00.5", 3600.5),
        ("2h", 7200.0),
        ("7", 7.0),
    ],
)
def test_smil_clocks(clock: str, value: float) -> None:
    assert seconds(clock) == pytest.approx(value)


@pytest.mark.parametrize("clock", ["", "x", "-1s", "1:2:3:4", "10:99"])
def test_no_smil_clocks(clock: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 - its text is the clock itself
        seconds(clock)
    assert str(error.value) == clock


def overlay(*pars: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<par><text src="a.xhtml#{name}"/>'
        f'<audio src="a.wav" clipBegin="{begin}" clipEnd="{end}"/></par>'
        for name, begin, end in pars
    )
    return f'<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0"><body>{rows}</body></smil>'


def book_with_overlay(folder: Path, smil: str) -> Path:
    wav = folder / "a.wav"
    soundfile.write(str(wav), np.zeros(16_000 * 4, dtype=np.int16), 16_000)
    items = (
        f'{NAV_ITEM}<item id="s" href="a.smil" media-type="application/smil+xml"/>'
        '<item id="w" href="a.wav" media-type="audio/wav"/>'
    )
    return write_epub(
        folder / "b.epub",
        {
            "package.opf": package(["a.xhtml"], items=items, overlays={"a.xhtml": "s"}),
            "nav.xhtml": nav(("a.xhtml", "A")),
            "a.xhtml": xhtml('<p><span id="x">One two.</span> <span id="y">Three four.</span></p>'),
            "a.smil": smil,
            "a.wav": wav.read_bytes(),
        },
    )


def test_a_media_overlay_becomes_narration(tmp_path: Path) -> None:
    smil = overlay(("x", "0s", "1s"), ("y", "2s", "3.5s"))
    lines, _ = run(book_with_overlay(tmp_path, smil))
    assert lines[0]["narration"] is True
    narration = Narration.objects.get()
    assert narration.timing_source == "overlay"
    assert narration.duration_ms == DECODER_DELAY_MS + 2500
    starts = narration.word_starts_ms
    assert len(starts) == count_words(narration.chapter.paragraphs) == 4
    assert (starts[0], starts[2]) == (DECODER_DELAY_MS, DECODER_DELAY_MS + 1000)
    assert starts == sorted(starts)


def test_an_overlay_of_a_part_reads_that_part_and_says_so(tmp_path: Path) -> None:
    lines, status = run(book_with_overlay(tmp_path, overlay(("y", "0s", "1s"))))
    assert (lines[0]["narration"], status) == (True, 0)
    assert lines[0]["warnings"] == ["its recorded reading of “A” covers 2 of 4 words"]
    starts = Narration.objects.get().word_starts_ms
    assert starts[:3] == [DECODER_DELAY_MS] * 3
    assert starts[3] > DECODER_DELAY_MS


def test_a_broken_sound_file_is_a_warning(tmp_path: Path) -> None:
    path = book_with_overlay(tmp_path, overlay(("x", "0s", "1s")))
    import zipfile

    with zipfile.ZipFile(path) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    files["OEBPS/a.wav"] = b"no sound"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    lines, status = run(path)
    assert status == 0
    assert "sound format" in lines[0]["warnings"][0]
