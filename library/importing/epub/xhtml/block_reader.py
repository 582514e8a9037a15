"""Reading a text document of an EPUB into blocks: a walk over its elements."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from lxml import etree

from ....language.text import clean_text
from ...left_out import Omissions
from . import mathml
from .blocks import Block, Blocks, Formula, Picture, letters_in
from .drawings import is_drawn
from .inline import drawn_name, drawn_words, formula, letter_pictured, raised
from .lines import LINE_END, joined_lines
from .markup import local, text_of, types_of
from .omitting import INLINE, Omitting
from .styles import Styles
from .tables import CELLS, TableCell, TableRow, cell_of, is_data

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_TITLE_TYPES = frozenset(["title", "subtitle", "fulltitle"])
_VERSE = ("poem", "poetry", "verse", "stanza", "song", "lyrics")
_DROPPED = frozenset(["dropcap", "drop-cap", "drop", "dropped", "initial", "firstletter"])
_QUOTES = ("“”", "‘’")


def read_blocks(
    root: etree._Element, styles: Styles, note_targets: set[str], left_out: Omissions, place: str
) -> Blocks:
    """The blocks of a document; what is not among them goes to ``left_out`` under ``place``."""
    return _Reader(Omitting(styles, note_targets), styles, left_out, place).read(root)


class _Reader:
    def __init__(self, omitting: Omitting, styles: Styles, left_out: Omissions, place: str) -> None:
        self._omitting = omitting
        self._styles = styles
        self._left_out = left_out
        self._place = place
        self._read = Blocks()
        self._parts: list[str] = []
        self._line = ""
        self._begin = self._letters = 0
        self._heading = self._preformatted = self._verse = self._quoted = 0
        self._dropped = ""
        self._tables = 0
        self._data: etree._Element | None = None
        self._row: list[TableCell] | None = None
        self._cell_from = 0

    def read(self, root: etree._Element) -> Blocks:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: set[etree._Element] = set()
        for event, element in walk:
            if event == "start":
                if self._stands_aside(element):
                    walk.skip_subtree()
                    skipped.add(element)
                else:
                    self._enter(element, local(element))
                continue
            if element in skipped:
                skipped.discard(element)
            else:
                self._leave(element, local(element))
            if element is not root:
                self._add(element.tail)
        self._flush()
        return self._read

    def _stands_aside(self, element: etree._Element) -> bool:
        """Whether an element is dealt with as a whole, being left out or no plain text."""
        tag = local(element)
        kind = self._omitting.kind(element, tag, self._line)
        if kind is not None:
            self._mark(element)
            words = len(text_of(element).split()) if kind else 0
            if kind and (words or not len(element)):
                self._left_out.add(kind, self._place, words=words)
            return True
        single: Callable[[etree._Element], None] | None = {
            "math": self._formula, "svg": self._drawing, "img": self._picture,
            "image": self._picture, "sup": self._power,
        }.get(tag)  # fmt: skip
        if single is None:
            return False
        self._mark(element)
        single(element)
        return True

    def _enter(self, element: etree._Element, tag: str) -> None:
        if tag == "br":
            in_line = self._heading or self._row is not None
            self._append(" " if in_line else LINE_END)
        elif tag in INLINE:
            self._enter_inline(element, tag)
        elif tag not in CELLS:
            self._flush()
        self._enter_table(element, tag)
        self._mark(element)
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag == "p" and (types_of(element) & _TITLE_TYPES or _parent(element) == "hgroup"):
            self._heading = 1
        self._preformatted += tag == "pre"
        self._verse += _is_verse(element)
        if tag not in INLINE and _DROPPED.intersection(
            (element.get("class") or "").lower().split()
        ):
            self._dropped = "class"
        self._add(element.text)

    def _enter_inline(self, element: etree._Element, tag: str) -> None:
        if tag == "q" and not _is_quoted(element):
            self._append(_QUOTES[self._quoted % 2][0])
            self._quoted += 1
        elif self._styles.is_line(element) and not self._heading:
            self._append(LINE_END)
        elif tag == "span" and self._runs_into(element):
            self._append(" ")

    def _leave(self, element: etree._Element, tag: str) -> None:
        if tag == "q" and not _is_quoted(element):
            self._quoted -= 1
            self._append(_QUOTES[self._quoted % 2][1])
        elif tag in INLINE and self._styles.is_line(element) and not self._heading:
            self._append(LINE_END)
        elif tag in CELLS:
            self._end_cell(element)
        elif tag == "tr" and self._row is not None:
            self._end_row()
        elif tag not in INLINE and tag != "br":
            self._flush()
        if element is self._data:
            self._data = None
        self._mark(element, end=True)
        if tag in _HEADINGS or tag == "p":
            self._heading = 0
        self._preformatted -= tag == "pre"
        self._verse -= _is_verse(element)

    def _runs_into(self, element: etree._Element) -> bool:
        """Whether a span begins a word right where another span ends one."""
        previous = element.getprevious()
        if previous is None or local(previous) != "span" or previous.tail:
            return False
        ended = "".join(map(str, islice(previous.itertext(), 20))).strip()
        begins = next((str(part) for part in element.itertext() if part), "")[:1]
        # "Mc" and "O" before capitals are parts of one word, set in different letters.
        whole = len(ended) > 2 and (
            ended[-1].isdigit() or ended[-1] in ".!?:" or ended[-1].islower()
        )
        return whole and self._line[-1:] == ended[-1] and (begins.isupper() or begins.isdigit())

    def _enter_table(self, element: etree._Element, tag: str) -> None:
        if tag == "table" and self._data is None and is_data(element):
            self._data, self._tables = element, self._tables + 1
        elif tag == "tr" and self._data is not None:
            self._row = []
        elif tag in CELLS and self._row is not None:
            self._cell_from = len(self._parts)

    def _end_row(self) -> None:
        cells, self._row = self._row or [], None
        place = len(self._read.blocks)
        self._flush()
        for block in self._read.blocks[place:]:
            block.row = TableRow(self._tables, cells)

    def _end_cell(self, element: etree._Element) -> None:
        """A gap between two cells of a row that can be heard."""
        if self._row is not None:
            self._row.append(cell_of(element, "".join(self._parts[self._cell_from :])))
            self._append(" ")
            return
        after = next((e for e in element.itersiblings() if local(e) in CELLS), None)
        if after is None or not self._line.strip():
            return
        row_head = local(element) == "th" and local(after) == "td"
        bare = self._line.rstrip()[-1:].isalnum()
        self._append((": " if row_head else ", ") if bare else " ")

    def _formula(self, element: etree._Element) -> None:
        begin = self._begin + self._letters
        self._append(" ".join(clean_text(formula(element)).split()))
        end = self._begin + self._letters
        written = mathml.shown(element)
        if written and end > begin and not self._heading:
            self._read.formulas.append(Formula(begin, end, written))

    def _drawing(self, element: etree._Element) -> None:
        lines = drawn_words(element)
        pictures = [part for part in element.iter() if local(part) == "image"]
        for part in pictures:
            self._picture(part)
        in_line = bool(self._line.strip()) or _parent(element) in ("p", "span")
        if is_drawn(element):
            alternative = drawn_name(element) or " ".join(lines)
            at = self._begin + self._letters
            self._read.pictures.append(Picture("", alternative, at, element))
        self._append((" " if in_line else LINE_END).join(lines))
        if self._read.pictures[-1:] and self._read.pictures[-1].drawing is element:
            return
        if not lines and not pictures:
            self._left_out.add("drawing", self._place)

    def _picture(self, element: etree._Element) -> None:
        alternative = " ".join(clean_text(element.get("alt") or "").split())
        if self._heading:
            self._append(alternative)
            return
        after = (element.tail or "").replace("\n", " ")[:1]
        letter = letter_pictured(alternative)
        begins_word = after.isalpha() or (len(alternative) == 1 and alternative in "AIO" and after)
        if letter and begins_word and not self._line.strip():
            self._append(letter)
            return
        href = next((v for k, v in element.attrib.items() if str(k).endswith("href")), "")
        source = element.get("src") or str(href)
        self._read.pictures.append(Picture(source, alternative, self._begin + self._letters))

    def _power(self, element: etree._Element) -> None:
        self._append(raised(text_of(element)) if self._line[-1:].isalnum() else text_of(element))

    def _mark(self, element: etree._Element, *, end: bool = False) -> None:
        at = self._begin + self._letters
        for identity in (element.get("id"), element.get("name") if local(element) == "a" else None):
            if identity is not None:
                begin, last = self._read.anchors.setdefault(identity, (at, at))
                if end:
                    self._read.anchors[identity] = (begin, max(last, at))

    def _add(self, text: str | None) -> None:
        if not text:
            return
        text = clean_text(text)
        self._append(text if self._preformatted else text.replace("\n", " "))

    def _append(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._letters += letters_in(text)
            self._line = (self._line + text)[-40:] if text != LINE_END else ""

    def _flush(self) -> None:
        if self._row is not None:  # paragraphs within a cell
            self._append(" ")
            return
        text = "".join(self._parts)
        begin = self._begin
        self._begin += self._letters
        self._parts, self._letters, self._line = [], 0, ""
        kept = self._verse or self._preformatted or self._heading
        for line in joined_lines(text, verse=bool(kept)):
            self._block(line, begin)
            begin += letters_in(line)

    def _block(self, text: str, begin: int) -> None:
        blocks = self._read.blocks
        if not any(letter.isalnum() or letter >= "\U0001f000" for letter in text):
            self._left_out.add("ornament", self._place)
            return
        if blocks and _is_dropped(blocks[-1], text, marked=self._dropped == "before"):
            blocks[-1] = Block(blocks[-1].text + text, blocks[-1].begin, self._heading)
        else:
            blocks.append(Block(text, begin, self._heading))
        self._dropped = "before" if self._dropped == "class" else ""


def _is_dropped(before: Block, text: str, *, marked: bool) -> bool:
    """Whether ``before`` is but the big first letter of ``text``."""
    letter = before.text.strip("“\"‘'«")
    if len(letter) != 1 or not letter.isupper() or before.heading:
        return False
    return text[:1].islower() and (marked or letter not in "AIO")


def _is_quoted(element: etree._Element) -> bool:
    """Whether a ``q`` brings the marks that a browser would add."""
    return (element.text or "").lstrip()[:1] in tuple("“”\"‘'«„")


def _is_verse(element: etree._Element) -> bool:
    said = f"{element.get('class') or ''} {' '.join(types_of(element))}".lower()
    return any(name in said for name in _VERSE)


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else local(parent)
