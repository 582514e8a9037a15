"""What stands on a page is read as it stands there; what does not is left out and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.importing.epub.xhtml.lines import joined_lines
from tests.library.importing.books import book_of, chapters, left_out, text_of_body

MATH = 'xmlns="http://www.w3.org/1998/Math/MathML"'
SVG = 'xmlns="http://www.w3.org/2000/svg"'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # Powers, and little numbers below the line
        (
            "<p>H<sub>2</sub>O, 3<sup>2</sup>, 10<sup>6</sup>, x<sup>2</sup>.</p>",
            "H2O, 3², 10⁶, x².",
        ),
        ("<p>E = mc<sup>2</sup> in 9 m<sup>2</sup>.</p>", "E = mc² in 9 m²."),
        ("<p>The 4<sup>th</sup>, M<sup>r</sup> Fox.</p>", "The 4th, Mr Fox."),
        # Numbers that are words
        (
            '<p>Turn to <a href="#s14">14</a>, or path <a href="#b">a</a>.</p>',
            "Turn to 14, or path a.",
        ),
        # Formulas and drawn words
        (f"<p>So <math {MATH}><mn>2</mn><mo>+</mo><mn>2</mn></math>.</p>", "So 2 + 2."),
        (f'<p>So <math {MATH} alttext="a half"><mfrac/></math>.</p>', "So a half."),
        (
            f"<p><math {MATH}><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo>"
            "<mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>",
            "x² = 1/2",
        ),
        (
            f"<p>It says <svg {SVG}><title>t</title><text>STOP</text></svg> here.</p>",
            "It says STOP here.",
        ),
        # Drop capitals
        ('<p><img src="t.png" alt="T" class="drop"/>he kite.</p>', "The kite."),
        ('<p><img src="t.png" alt="Illuminated letter T"/>he kite.</p>', "The kite."),
        ('<p><img src="t.png" alt="A"/> kite.</p>', "A kite."),
        ('<div class="dropcap">T</div><p>he kite.</p>', "The kite."),
        ('<div class="dropcap">A</div><p>s it flew.</p>', "As it flew."),
        ("<p><span>O</span><span>NCE</span> there.</p>", "ONCE there."),
        # Lines
        (
            "<p>One long line of words and<br/>another long line of it.</p>",
            "One long line of words and another long line of it.",
        ),
        ("<p>Twinkle, star,<br/>How I wonder</p>", "Twinkle, star, / How I wonder"),
        (
            '<p class="verse">So many words in one line<br/>so many in another.</p>',
            "So many words in one line / so many in another.",
        ),
        (
            '<p><span class="line">The moon</span><span class="line">The cat</span></p>',
            "The moon / The cat",
        ),
        (
            '<p><span style="display:block">The moon</span><span>the cat</span></p>',
            "The moon / the cat",
        ),
        (
            "<p><span>The moon is up.</span><span>The cat is in.</span></p>",
            "The moon is up. The cat is in.",
        ),
        # Tables, lists, quotations
        (
            "<table><tr><th>Day</th><th>Rain</th></tr><tr><th>Monday</th><td>much</td><td>3</td></tr></table>",
            "Day Rain / Monday much 3",
        ),
        ("<dl><dt>Hen</dt><dd>A bird.</dd></dl>", "Hen / A bird."),
        ("<p>He said <q>Go <q>now</q></q>, <q>“Ha”</q>.</p>", "He said “Go ‘now’”, “Ha”."),
        # Story, though it is called a note
        (
            '<div role="note"><p>Dear Tom.</p></div><div epub:type="note"><p>Love.</p></div>',
            "Dear Tom. / Love.",
        ),
        # Captions
        (
            '<figure><img src="a.png" alt="x"/><figcaption>The fox danced.</figcaption></figure>',
            "The fox danced.",
        ),
        # One of two copies
        (
            '<p><span aria-hidden="true">T</span><span class="sr-only">T</span>he kite.</p>',
            "The kite.",
        ),
        (
            "<p>It is <epub:switch><epub:case>x</epub:case>"
            "<epub:default>y</epub:default></epub:switch>.</p>",
            "It is y.",
        ),
        # Ornaments
        ("<p>♪ La ♪</p><p>* * *</p><p>~</p><p>£5 § 3</p>", "♪ La ♪ / £5 § 3"),
    ],
)
def test_what_is_read(tmp_path: Path, body: str, text: str) -> None:
    assert text_of_body(tmp_path, body) == text


@pytest.mark.parametrize(
    ("body", "text", "lost"),
    [
        (
            '<p>The dog<a epub:type="noteref" href="#n">1</a> ran.</p>'
            '<aside epub:type="footnote" id="n"><p>A note.</p></aside>',
            "The dog ran.",
            {"mark of a note": (1, 1), "note": (1, 2)},
        ),
        (
            '<p>A hen<sup>5</sup> sat<a href="notes.xhtml">6</a> up.<a href="#n7">*</a></p>'
            '<p class="footnote-text">A hen note.</p><div class="endnote">End.</div>',
            "A hen sat up.",
            {"mark of a note": (3, 3), "note": (2, 4)},
        ),
        (
            '<p>The dog ran.<a id="r1"></a><a href="#n1">[1]</a></p>'
            '<p><a id="n1"></a><a href="#r1">[1]</a> A note.</p>',
            "The dog ran.",
            {"mark of a note": (1, 1), "note": (1, 3)},
        ),
        (
            '<p>One <span class="pagenum">[Pg 4]</span>two <span class="pb">5</span>three '
            '<a id="page_6">6</a>fo<span class="x-ebookmaker-pageno">7</span>ur '
            '<span class="page">Page boy</span>.</p>',
            "One two three four Page boy.",
            {"page number": (4, 5)},
        ),
        (
            '<p>Seen. <span style="display: none">Not.</span> <span hidden="">Nor.</span>'
            '<span class="sr-only">Nor this.</span></p>',
            "Seen.",
            {"hidden copy": (3, 4)},
        ),
        (
            "<p>A.</p><form><p>Your name</p></form><video>No film.</video>",
            "A.",
            {"form": (1, 2), "sound or film": (1, 2)},
        ),
        ('<p>A.</p><img src="a.png" alt="A red fox"/>', "A.", {"picture": (1, 3)}),
        (
            "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>です</p>",
            "漢です",
            {"reading of a character": (1, 1)},
        ),
    ],
)
def test_what_is_left_out_is_counted(
    tmp_path: Path, body: str, text: str, lost: dict[str, tuple[int, int]]
) -> None:
    book = book_of(tmp_path, body)
    assert (chapters(book)[0][1], left_out(book)) == (text, lost)


def test_style_sheets_decide_what_is_seen(tmp_path: Path) -> None:
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<link rel="stylesheet" href="s.css"/></head><body><p class="gone">Not.</p>'
        '<p><span class="ln">Up</span><span class="ln">down</span></p></body></html>'
    )
    css = "/* .ln{} */ @media print { .ln { display: none } } .gone, i { display : none }"
    css += " .ln{display:block}"
    assert chapters(book_of(tmp_path, page, s__css=css))[0][1] == "Up / down"


@pytest.mark.parametrize(
    "page",
    [
        "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY fox 'red fox'>]>"
        "<html><body><p>The &fox; ran.</p></body></html>",
        "\n\n<?xml version='1.0'?><html><body><p>The red fox ran.</p></body></html>",
        "<?xml version='1.0' encoding='iso-8859-1'?>"
        "<html><body><p>The red fox ran.</p></body></html>",
        "<html><body><p>The red<br>fox ran.",
    ],
)
def test_pages_with_a_fault_are_read(tmp_path: Path, page: str) -> None:
    book = book_of(tmp_path, "<p>x</p>", c0__xhtml=page)
    assert chapters(book)[0][1].replace(" /", "") == "The red fox ran."


def test_names_within_names_are_never_opened(tmp_path: Path) -> None:
    page = (
        "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'lol'><!ENTITY b '&a;&a;'>"
        "<!ENTITY c '<i>x</i>'>]><html><body><p>One &b;&c; two.</p></body></html>"
    )
    assert chapters(book_of(tmp_path, page))[0][1] == "One two."


def test_an_svg_page_is_read(tmp_path: Path) -> None:
    page = f"<?xml version='1.0'?><svg {SVG}><text>Once</text><text>upon</text></svg>"
    assert chapters(book_of(tmp_path, page))[0][1] == "Once / upon"


def test_lines_of_prose_are_one() -> None:
    assert joined_lines("a line as long as a page is\nand one more") == [
        "a line as long as a page is and one more"
    ]
    assert joined_lines("a line as long as a page is\nAnd one more") != []
    assert len(joined_lines("so much depends\nupon")) == 2
