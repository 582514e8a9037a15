"""An EPUB's text as chapters: sections named, matter left out, part pages joined to the next."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from django.conf import settings

from ...language.text import count_words, is_word, split_sentences
from ..headings import is_bare, is_heading, is_named, split_heading
from ..imported import ImportedCell, ImportedRow, ImportProblem
from ..left_out import Omissions
from .contents import Place
from .cutting import Section, cut
from .documents import Document
from .matter import is_title_page, matter_of
from .titles import chapter_title, joined, letters, telling
from .xhtml.blocks import Block
from .xhtml.tables import TableRow


@dataclass
class Piece:
    """A block's part in a chapter: its place in its file, in letters, and where it begins there."""

    begin: int
    first_word: int
    words: list[str]
    paragraph: int = 0


class Within(NamedTuple):
    """So many words, and what of the first and the last of them stands outside."""

    first: int
    length: int
    before: str
    after: str


@dataclass
class Draft:
    """A chapter while it is put together. ``pieces`` say by file where its words come from."""

    title: str
    paragraphs: list[list[list[str]]] = field(default_factory=list)
    pieces: dict[str, list[Piece]] = field(default_factory=dict)
    rows: list[ImportedRow] = field(default_factory=list)
    tables: dict[tuple[str, int], int] = field(default_factory=dict)
    """The number of each table of a file among the chapter's."""
    word_count: int = 0

    def add(self, name: str, block: Block) -> None:
        cells = [] if block.row is None else [split_sentences(c.text) for c in block.row.cells]
        sentences = split_sentences(block.text) if block.row is None else [*chain(*cells)]
        if block.row is not None and sentences:
            self._add_row(name, block.row, [len(cell) for cell in cells])
        words = [word for sentence in sentences for word in sentence]
        self.pieces.setdefault(name, []).append(self._piece(block, words))
        if sentences:
            self.paragraphs.append(sentences)
            self.word_count += len(words)

    def _add_row(self, name: str, row: TableRow, sentences: list[int]) -> None:
        known = self.tables.setdefault((name, row.table), len(self.tables))
        cells = [
            ImportedCell(count, cell.is_head, cell.columns, cell.rows)
            for cell, count in zip(row.cells, sentences, strict=True)
        ]
        self.rows.append(ImportedRow(len(self.paragraphs), known, cells))

    def add_title(self, name: str, block: Block) -> None:
        """A heading is no part of the words, but what is read over it belongs to the chapter."""
        self.pieces.setdefault(name, []).append(self._piece(block, []))

    def _piece(self, block: Block, words: list[str]) -> Piece:
        return Piece(block.begin, self.word_count, words, len(self.paragraphs))

    def word_at(self, name: str, letter: int) -> int | None:
        """The word (in the chapter) at a place of a file; None where the place is elsewhere."""
        pieces = self.pieces.get(name)
        if not pieces or letter < pieces[0].begin:
            return None
        piece = pieces[bisect_right(pieces, letter, key=lambda piece: piece.begin) - 1]
        place = piece.begin
        for number, word in enumerate(piece.words):
            if place >= letter:
                return piece.first_word + number
            place += len(word)
        return piece.first_word + len(piece.words)

    def words_within(self, name: str, begin: int, end: int) -> Within | None:
        """The words that hold the letters from ``begin`` to ``end``; None where there is none."""
        pieces = self.pieces.get(name)
        if not pieces or begin < pieces[0].begin:
            return None
        piece = pieces[bisect_right(pieces, begin, key=lambda piece: piece.begin) - 1]
        found: list[tuple[int, int, str]] = []
        place = piece.begin
        for number, word in enumerate(piece.words):
            if place < end and place + len(word) > begin:
                found.append((number, place, word))
            place += len(word)
        if not found:
            return None
        (first, first_at, first_word), (_, last_at, last_word) = found[0], found[-1]
        before = first_word[: max(0, begin - first_at)]
        after = last_word[max(0, end - last_at) :]
        return Within(piece.first_word + first, len(found), before, after)

    def paragraph_at(self, name: str, letter: int) -> int:
        """The paragraph that begins at a place of a file, or the next one."""
        pieces = self.pieces[name]
        place = bisect_right(pieces, letter, key=lambda piece: piece.begin) - 1
        if place < 0:
            return pieces[0].paragraph
        inside = pieces[place].begin < letter and bool(pieces[place].words)
        return pieces[place].paragraph + inside


def chapters_of(
    documents: list[Document],
    places: list[Place],
    *,
    title: str,
    author: str,
    left_out: Omissions,
) -> list[Draft]:
    """The chapters of a book. Raises ``ImportProblem`` where there is nothing to read."""
    sections = cut(documents, places)
    telling_titles = telling([document.own_title for document in documents], title)
    about = f"{title} {author}"
    kept: list[tuple[Draft, Section]] = []
    matter: list[tuple[str, Section]] = []
    above: list[str] = []
    words = 0
    book_heading = _book_heading(sections)
    if letters(book_heading) not in letters(title):
        left_out.add("title page", sections[0].blocks[0][0].name, words=len(book_heading.split()))
    for section in sections:
        headings = section.leading_headings()
        name, missing = _titled(section, headings, (title, book_heading))
        kind = section.matter or _kind(name, section, about)
        if kind:
            matter.append((kind, section))
        elif len(headings) == len(section.blocks):
            above += _above(name, title, first=not kept and not above, left_out=left_out)
        else:
            own = section.own_title if section.own_title in telling_titles else ""
            name = joined([*above, name or own], " · ")
            kept.append((_draft(name, section, headings, missing), section))
            above = []
            words += kept[-1][0].word_count
        if words > settings.READERAI_MAX_BOOK_WORDS:
            raise ImportProblem(f"it has more than {settings.READERAI_MAX_BOOK_WORDS:,} words")
    if above:
        left_out.add("heading without a text", "; ".join(above), count=len(above))
    return _numbered(_kept(kept, matter, about, left_out), title)


def _book_heading(sections: list[Section]) -> str:
    """The one heading above all others, at the very beginning: it names the book, no chapter."""
    blocks = [block for section in sections for _, block in section.blocks]
    if len(sections) < 2 or not _begins_with_highest(blocks) or is_heading(blocks[0].text):
        return ""
    labels = sections[0].labels
    stands_above = len(blocks) > 1 and bool(blocks[1].heading)
    alone = len(sections[0].blocks) == 1
    return blocks[0].text if stands_above or alone or (labels and not is_bare(labels[0])) else ""


def _begins_with_highest(blocks: list[Block]) -> bool:
    """Whether the first block is a heading, and no other is of its rank or above."""
    ranks = [block.heading for block in blocks if block.heading]
    return bool(ranks) and blocks[0].heading == min(ranks) and ranks.count(min(ranks)) == 1


def _titled(
    section: Section, headings: list[Block], book: tuple[str, str]
) -> tuple[str, list[str]]:
    """A section's title, and the headings that it does not hold. ``book`` are names of the book."""
    texts = [block.text for block in headings]
    others = [text for text in texts if letters(text) not in map(letters, book)]
    labels = [label for label in section.labels if letters(label) not in map(letters, book)]
    if others or labels:
        return chapter_title(labels, others)
    return chapter_title(section.labels, texts)


def _kind(name: str, section: Section, about: str) -> str:
    texts = [block.text for _, block in section.blocks if not block.heading]
    return matter_of(name, texts, about) if texts or name else ""


def _above(name: str, title: str, *, first: bool, left_out: Omissions) -> list[str]:
    """What a page of headings alone adds to the next chapter's title."""
    is_part = split_heading(name.partition(":")[0]) is not None or is_named(name)
    if not name or letters(name) == letters(title) or (first and not is_part):
        if name:
            left_out.add("title page", words=len(name.split()))
        return []
    return [name]


def _draft(name: str, section: Section, headings: list[Block], missing: list[str]) -> Draft:
    draft = Draft(name)
    for place, (document, block) in enumerate(section.blocks):
        if place < len(headings) and block.text not in missing:
            draft.add_title(document.name, block)
        else:
            draft.add(document.name, block)
    return draft


def _kept(
    kept: list[tuple[Draft, Section]],
    matter: list[tuple[str, Section]],
    about: str,
    left_out: Omissions,
) -> list[Draft]:
    """The chapters without title pages; matter only where there is nothing else."""
    chapters = [pair for pair in kept if pair[0].paragraphs]
    if len(chapters) > 1 and is_title_page(_texts(chapters[0][1]), about):
        matter.append(("title page", chapters.pop(0)[1]))
    if not chapters:
        chapters = [(_draft("", s, [], []), s) for _, s in matter if s.blocks]
        matter = []
    _leave_out(matter, left_out)
    drafts = [draft for draft, _ in chapters if draft.paragraphs]
    if not drafts:
        raise ImportProblem("there are no words in it")
    return drafts


def _leave_out(matter: list[tuple[str, Section]], left_out: Omissions) -> None:
    for kind, section in matter:
        words = sum(len(text.split()) for text in _texts(section))
        names = {document.name for document, _ in section.blocks}
        if words:
            left_out.add(kind, min(names, default=""), words=words)


def _texts(section: Section) -> list[str]:
    return [block.text for _, block in section.blocks]


def _numbered(drafts: list[Draft], book_title: str) -> list[Draft]:
    """Every chapter gets a title; one without gets the book's, or a number."""
    for number, draft in enumerate(drafts, start=1):
        if not is_word(draft.title):
            draft.title = book_title if len(drafts) == 1 else f"Chapter {number}"
        draft.word_count = count_words(draft.paragraphs)
    return drafts
