"""Plain text and Markdown: what parts chapters and paragraphs, and what is no part of the text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from library.importing.imported import ImportedBook
from library.importing.plaintext.book import book_of_text
from library.importing.plaintext.marks import without_emphasis
from library.importing.plaintext.paragraphs import word_before_hyphen
from tests.library.importing.books import chapters, left_out, plain


def read(text: str) -> ImportedBook:
    return book_of_text(text, title="File")


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("CHAPTER TWELVE\n\na.\n\nCHAPTER THIRTEEN\n\nb.", ["CHAPTER TWELVE", "CHAPTER THIRTEEN"]),
        ("I\n\na.\n\nII\n\nb.\n\nIII.\n\nc.", ["I", "II", "III."]),
        ("1\n\na.\n\n2\n\nb.", ["1", "2"]),
        ("I. THE HEN\n\na.\n\nII. THE FOX\n\nb.", ["I. THE HEN", "II. THE FOX"]),
        ("I\nThe Hen\n\na.\n\nII\nThe Fox\n\nb.", ["I: The Hen", "II: The Fox"]),
        (
            "PROLOGUE\n\na.\n\nSTAVE ONE\n\nb.\n\nLETTER 4\n\nc.",
            ["PROLOGUE", "STAVE ONE", "LETTER 4"],
        ),
        ("CHAPTER I.\nThe Wall\n\na.", ["CHAPTER I. The Wall"]),
        ("CHAPTER I.\n\nThe Wall\n\na.", ["CHAPTER I: The Wall"]),
        (
            "CHAPTER I.\nIn Which the Hen Meets the\nFox and the Pond Freezes Over\n\na.",
            ["CHAPTER I. In Which the Hen Meets the Fox and the Pond Freezes Over"],
        ),
        ("PART ONE\n\nCHAPTER I\n\na.\n\nCHAPTER II\n\nb.", ["PART ONE · CHAPTER I", "CHAPTER II"]),
        (
            "Chapitre I\n\na.\n\nChapitre II : Le renard\n\nb.",
            ["Chapitre I", "Chapitre II : Le renard"],
        ),
        ("_CHAPTER I_\n\na.\n\n*CHAPTER II*\n\nb.", ["CHAPTER I", "CHAPTER II"]),
        (
            "CHAPTER ONE\nThe hen sat on it. She sang.\nCHAPTER TWO\nHe ran from it. He hid.",
            ["CHAPTER ONE", "CHAPTER TWO"],
        ),
    ],
)
def test_headings(text: str, titles: list[str]) -> None:
    assert [title for title, _ in plain(text)] == titles


@pytest.mark.parametrize(
    "text",
    [
        "Book the boat now.\n\nAct the part, then.\n\nScene I had never seen.",
        "Part I liked best was lunch.\n\nChapter 1 was short.\n\nDay one of it was fun.",
        "He wrote:\n\n1. Eggs\n\n2. Milk\n\n3. Flour\n\nand left.",
        "I\n\nwas there.",
        "Introduction to the hen was made.\n\nOne day it rained.",
    ],
)
def test_no_headings(text: str) -> None:
    assert len(plain(text)) == 1


LONG = "The hen sat on the old stone wall and looked at the pond"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (f"{LONG},\nand sang.\n\nThe end.", [f"{LONG}, and sang.", "The end."]),
        (
            f"{LONG}.\n“Hello,” said the fox at the gate.\n{LONG}!",
            [f"{LONG}.", "“Hello,” said the fox at the gate.", f"{LONG}!"],
        ),
        (
            f"   {LONG} for\na while.\n   “Hello,” said\nthe fox.",
            [f"{LONG} for a while.", "“Hello,” said the fox."],
        ),
        (
            f"{LONG}:\n\n  Rain, rain,\n  go away.\n\n{LONG}.",
            [f"{LONG}:", "Rain, rain,", "go away.", f"{LONG}."],
        ),
        (
            "Twinkle, twinkle, little star,\nHow I wonder what you are!",
            ["Twinkle, twinkle, little star,", "How I wonder what you are!"],
        ),
        ("the hen sat on\nthe wall\nand sang.", ["the hen sat on the wall and sang."]),
        (
            f"{LONG} with the beau-\ntiful and well-\nknown fox--\nand ran to the for-\nest.",
            [f"{LONG} with the beautiful and well-known fox-- and ran to the forest."],
        ),
        ("One.\n\n* * *\n\nTwo.\n\n-----\n\nThree.", ["One.", "Two.", "Three."]),
    ],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert plain(text)[0][1].split(" / ") == paragraphs


def test_a_hyphen_is_undone_as_the_text_writes_the_word_elsewhere() -> None:
    text = f"{LONG} with a zig-\nzag and a flor-\npaz. Zig-zag! Florpaz!"
    assert "a zig-zag and a florpaz." in plain(text)[0][1]


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("She was _very_ cross. “_I_ never!”", "She was very cross. “I never!”"),
        ("a *b* **c** ***d*** =e= +f+ ~g~ /h/", "a b c d e f g h"),
        ("_A whole\nline._", "A whole\nline."),
        ("snake_case_name, and/or 1/2, 2 * 3 * 4, http://x.test/a/b/", None),
        ("1 + 1 = 2 and 2 + 2 = 4", None),
    ],
)
def test_emphasis(marked: str, text: str | None) -> None:
    assert without_emphasis(marked) == (marked if text is None else text)


def test_pictures_notes_and_pages_are_counted() -> None:
    book = read(
        "The hen sat.\n\n[Illustration]\n\n[Illustration: The hen\non the wall]\n\n"
        "The fox ran.[1] He[A] hid in [1914].\n\n[Footnote 1: A fox.\n\nIt is red.]\n\n"
        "[Footnote A: He [the fox].]\n\n[Transcriber's Note: Kept.]\n\nThe [Pg 12]end {13}."
    )
    assert chapters(book)[0][1] == (
        "The hen sat. / The hen on the wall / The fox ran. He hid in [1914]. / The end."
    )
    assert left_out(book) == {
        "transcriber’s note": (1, 3),
        "note": (2, 12),
        "picture": (2, 0),
        "page number": (2, 2),
    }


FRAMES = {
    "the": (
        "*** START OF THE PROJECT GUTENBERG EBOOK X ***",
        "*** END OF THE PROJECT GUTENBERG EBOOK X ***",
    ),
    "this": (
        "*** START OF THIS PROJECT GUTENBERG EBOOK THE HEN ON THE\nWALL ***",
        "End of Project Gutenberg's The Hen, by Ada\n\n"
        "*** END OF THIS PROJECT GUTENBERG EBOOK X ***",
    ),
    "small print": (
        "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
        "End of The Project Gutenberg Etext of The Hen",
    ),
}


@pytest.mark.parametrize("frame", FRAMES)
def test_frames_of_project_gutenberg(frame: str) -> None:
    start, end = FRAMES[frame]
    book = read(
        "The Project Gutenberg EBook of The Hen, by Ada Test\n\nLanguage: French\n\n"
        f"{start}\n\nProduced by Bea and the Team\n\nLa poule.\n\n{end}\n\nTerms of use."
    )
    assert (book.title, book.author, book.language) == ("The Hen", "Ada Test", "fr")
    assert chapters(book) == [("The Hen", "La poule.")]
    assert set(left_out(book)) == {"licence text", "page of credits"}


@pytest.mark.parametrize(
    "text",
    [
        "THE HEN\n\nby Ada Test\n\nCHAPTER I\n\nShe sat.",
        "The Hen\nBy Ada Test\n\nCHAPTER I\n\nShe sat.",
        "Title: The Hen\nAuthor: Ada Test\n\nCHAPTER I\n\nShe sat.",
        "---\ntitle: The Hen\nauthor: Ada Test\nlang: en\n---\n\n# CHAPTER I\n\nShe sat.",
        '+++\ntitle = "The Hen"\nauthor = "Ada Test"\n+++\n\n# CHAPTER I\n\nShe sat.',
        "% The Hen\n% Ada Test\n\nCHAPTER I\n\nShe sat.",
        "# The Hen\n\nBy Ada Test\n\n## CHAPTER I\n\nShe sat.",
    ],
)
def test_title_and_author_are_taken_from_the_text(text: str) -> None:
    book = read(text)
    assert (book.title.title(), book.author) == ("The Hen", "Ada Test")
    assert chapters(book) == [("CHAPTER I", "She sat.")]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_table_of_contents_is_no_text(gap: str) -> None:
    entries = gap.join(["CHAPTER I. The Wall ... 3", "CHAPTER II. The Pond ... 9"])
    book = read(f"CONTENTS\n\n{entries}\n\nCHAPTER I. The Wall\n\na.\n\nCHAPTER II. The Pond\n\nb.")
    assert chapters(book) == [("CHAPTER I. The Wall", "a."), ("CHAPTER II. The Pond", "b.")]
    assert list(left_out(book)) == ["contents"]


def test_markdown() -> None:
    book = read(
        "# The Hen\n\nShe *sat* on **the wall**.\n\n## Two {#two}\n\n- one hen\n- two `hens`\n\n"
        "> A quote.[^1]\n\n[a link](http://x.test) ![a fox](f.png)\n\n[^1]: A note.\n\n"
        "The Fox\n=======\n\nHe ran \\*off\\*. <!-- no -->"
    )
    assert chapters(book) == [
        ("The Hen", "She sat on the wall."),
        ("Two", "one hen / two hens / A quote. / a link"),
        ("The Fox", "He ran *off*."),
    ]
    assert left_out(book) == {"note": (1, 0), "picture": (1, 2)}


class CountedLetters(str):
    """A line that counts the letters that are looked at."""

    __slots__ = ("looked_at",)
    looked_at: int

    def __reversed__(self) -> Iterator[str]:
        self.looked_at = 0
        for letter in str(self)[::-1]:
            self.looked_at += 1
            yield letter


@pytest.mark.parametrize(
    ("line", "word", "looked_at"),
    [
        ("a" * 60_000, "", 1),
        ("a " * 30_000 + "for-", "for", 5),
        ("a-" * 30_000, "a", 3),
        ("a" * 59_999 + "-", "a" * 59_999, 60_000),
        ("2031-", "", 2),
        ("-", "", 1),
        ("", "", 0),
    ],
)
def test_a_hyphen_at_a_lines_end_is_looked_for_from_there(
    line: str, word: str, looked_at: int
) -> None:
    letters = CountedLetters(line)
    assert word_before_hyphen(letters) == word
    assert letters.looked_at == looked_at


def test_a_title_page_is_no_chapter_and_a_short_chapter_is_no_title_page() -> None:
    assert [title for title, _ in plain("File\n\nCHAPTER I\n\na.\n\nCHAPTER II\n\nb.")] == [
        *("CHAPTER I", "CHAPTER II")
    ]


def test_a_large_text_takes_no_time_to_speak_of() -> None:
    # Each of these was quadratic in some reader: brackets, stars, indents, numbers, blank lines.
    for piece in (
        "[",
        "*a ",
        "  x\ny\n",
        "I\n\n",
        "\n \n",
        "/a",
        "_a_ _",
        "Chapter I\n\n",
        "a-\nb",
    ):
        text = f"The hen sat.\n\n{piece * 20_000}\n\nThe end."
        assert read(text).word_count > 4
