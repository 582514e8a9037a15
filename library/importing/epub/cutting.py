"""Where the chapters of an EPUB begin: by its contents, by its headings, by its files."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..headings import is_bare, is_heading
from .contents import Place
from .documents import Document
from .matter import is_matter_title
from .titles import letters
from .xhtml.blocks import Block

_DEEPEST = 3
_SHORT_PIECE = 200  # words between two headings that make a chapter, if nothing else says so


@dataclass
class Section:
    """A stretch of the book from one beginning to the next. ``labels`` are its entries' titles."""

    labels: list[str] = field(default_factory=list)
    blocks: list[tuple[Document, Block]] = field(default_factory=list)
    own_title: str = ""
    matter: str = ""

    def leading_headings(self) -> list[Block]:
        headings = []
        for _, block in self.blocks:
            if not block.heading:
                break
            headings.append(block)
        return headings


def cut(documents: list[Document], places: list[Place]) -> list[Section]:
    """All blocks in sections, in order; what the contents do not name is cut by its headings."""
    starts = _starts(documents, places)
    sections: list[Section] = []
    before: Document | None = None
    for number, document in enumerate(documents):
        apart = before is None or document.matter or before.matter
        for place, block in enumerate(document.read.blocks or [None]):
            labels = starts.get((number, place))
            if labels is not None or (place == 0 and apart):
                sections.append(Section(labels or [], [], matter=document.matter))
                if place == 0:
                    sections[-1].own_title = document.own_title
            if block is not None:
                sections[-1].blocks.append((document, block))
        before = document
    return sections


def _starts(documents: list[Document], places: list[Place]) -> dict[tuple[int, int], list[str]]:
    """(document, block) of every beginning, with what the contents call it."""
    numbers = {document.name: number for number, document in reversed(list(enumerate(documents)))}
    labels: dict[tuple[int, int], list[str]] = defaultdict(list)
    for place in places:
        number = numbers.get(place.name)
        if number is not None:
            at = _block_of(documents[number], place)
            if at is not None and place.title not in labels[number, at]:
                labels[number, at].append(place.title)
    starts: dict[tuple[int, int], list[str]] = {}
    for (number, at), together in sorted(labels.items()):
        # What is left out has its entry all the same, at what follows it.
        titles = [title for title in together if not is_matter_title(title)] or together
        begin = _before_headings(documents[number], at, starts, number)
        starts.setdefault((number, begin), []).extend(titles)
    _add_headings(documents, starts)
    return starts


def _block_of(document: Document, place: Place) -> int | None:
    """The block in which a place begins; by its title where the file has no such id.

    None where what it names is left out, or has no text.
    """
    blocks = document.read.blocks
    if not place.fragment:
        return 0
    anchor = document.read.anchors.get(place.fragment)
    if anchor is None:
        wanted = letters(place.title)
        same = (n for n, b in enumerate(blocks) if b.heading and letters(b.text) == wanted)
        return next(same, 0)
    at = max(0, bisect_right(blocks, anchor[0], key=lambda block: block.begin) - 1)
    if blocks and anchor[0] >= blocks[at].begin + blocks[at].letters:
        at += 1  # it stands behind the last letter, for what follows
    return at if at < len(blocks) else None


def _before_headings(
    document: Document, at: int, starts: dict[tuple[int, int], list[str]], number: int
) -> int:
    """The first of the headings right above a block: an anchor often stands below them."""
    blocks = document.read.blocks
    while at > 0 and blocks[at - 1].heading and (number, at) not in starts:
        if blocks[at].heading and blocks[at - 1].heading > blocks[at].heading:
            break
        at -= 1
    return at


def _add_headings(documents: list[Document], starts: dict[tuple[int, int], list[str]]) -> None:
    """Beginnings that the contents do not name: files and headings of a chapter's rank."""
    told = len(starts)
    ranks = _ranks(documents, starts)
    rank = max(ranks, default=2) if told else 0
    levels = _chapter_levels(documents) if told <= 1 else set()
    files_told = {number for number, _ in starts}
    for number, document in enumerate(documents):
        blocks = document.read.blocks
        begins = number not in files_told and blocks and 0 < blocks[0].heading <= rank
        if begins or (blocks and not told):
            starts.setdefault((number, 0), [])
        for at, block in _first_headings(blocks):
            by_words = bool(ranks) and block.heading <= rank and is_heading(block.text)
            if block.heading in levels or by_words:
                starts.setdefault((number, at), [])


def _ranks(documents: list[Document], starts: Iterable[tuple[int, int]]) -> list[int]:
    """The ranks of the headings that stand at ``starts``."""
    standing = (documents[number].read.blocks[at : at + 1] for number, at in starts)
    return [block.heading for blocks in standing for block in blocks if block.heading]


def _first_headings(blocks: list[Block]) -> Iterator[tuple[int, Block]]:
    """The headings that stand below none, with their places."""
    for at, block in enumerate(blocks):
        if block.heading and (at == 0 or not blocks[at - 1].heading):
            yield at, block


def _chapter_levels(documents: list[Document]) -> set[int]:
    """The levels of headings that begin chapters, where no contents say so."""
    counts: Counter[int] = Counter()
    numbered: Counter[int] = Counter()
    words: Counter[int] = Counter()
    for document in documents:
        level = 0
        for block in document.read.blocks:
            if block.heading:
                level = block.heading
                counts[level] += 1
                numbered[level] += is_heading(block.text) or is_bare(block.text)
            else:
                words[level] += len(block.text.split())
    levels = [level for level in sorted(counts) if counts[level] > 1 and level <= _DEEPEST]
    if not levels:
        return set()
    chosen = {level for level in range(1, levels[0] + 1) if counts[level]}
    for level in levels[1:]:
        long = words[level] >= _SHORT_PIECE * counts[level]
        if numbered[level] * 2 > counts[level] or long:
            chosen.add(level)
    return chosen
