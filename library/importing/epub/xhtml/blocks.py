"""A text document of an EPUB as blocks: what is read, in order, and where its ids stand.

Places in a document are counted in letters (whatever is no space) from its beginning, so that
they hold however its blocks are cut into sentences and words later.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from .tables import TableRow


@dataclass
class Block:
    """One paragraph, heading or line of verse. ``begin`` is its first letter's place."""

    text: str
    begin: int
    heading: int = 0
    row: TableRow | None = None
    """What it is a row of; ``text`` is then that of all its cells."""

    @property
    def letters(self) -> int:
        return letters_in(self.text)


@dataclass
class Picture:
    """A picture that stands before the letter ``at``; ``source`` is as it is written."""

    source: str
    alternative: str
    at: int
    drawing: etree._Element | None = None
    """An ``svg`` of the page itself."""


@dataclass
class Formula:
    """Letters from ``begin`` up to ``end`` that say a formula, and how it is shown (MathML)."""

    begin: int
    end: int
    mathml: str


@dataclass
class Blocks:
    """What was read. ``anchors`` gives each id's first letter and the one after its last."""

    blocks: list[Block] = field(default_factory=list)
    anchors: dict[str, tuple[int, int]] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)


def letters_in(text: str) -> int:
    return len("".join(text.split()))
