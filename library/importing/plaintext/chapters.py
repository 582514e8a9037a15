"""Where the chapters of a plain text begin, and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ..headings import (
    bare_number,
    is_bare,
    is_named,
    is_title_like,
    numbered_name,
    split_heading,
)
from .paragraphs import ENDS_SENTENCE

MARKED = re.compile(r"(#{1,6})\s+(\S.*)")
_CONTENTS = re.compile(r"[_*]*(?:table of )?contents[.:]?[_*]*", re.IGNORECASE)
# Read from the end: searched for, it would begin at every dot of a line anew.
_PAGE_BACKWARDS = re.compile(r"\s*\d*[\s.·…_]*")
_LONGEST_LINE = 100
_LONGEST_NAME = 90


@dataclass
class HeadedSection:
    """A chapter's title and the blocks (lists of lines) under it."""

    title: str
    blocks: list[list[str]] = field(default_factory=list)


def sections_of(blocks: list[list[str]], title: str) -> list[HeadedSection]:
    """Sections in order; what stands before the first heading is under ``title``."""
    sections = [HeadedSection(title)]
    blocks = [part for lines in blocks for part in _at_headings(lines)]
    numbers = _numbers_in_sequence(blocks)
    awaits_name = False
    for place, lines in enumerate(blocks):
        heading, rest = _heading(lines, is_number=place in numbers)
        if heading:
            sections.append(HeadedSection(heading))
            awaits_name = is_bare(heading)
        elif awaits_name and not sections[-1].blocks and _is_name(rest):
            number = sections[-1].title.rstrip(".: ")
            sections[-1].title = f"{number}: {_plain(rest[0])}"
            rest, awaits_name = [], False
        if rest:
            awaits_name = False
            sections[-1].blocks.append(rest)
    return sections


def _at_headings(lines: list[str]) -> list[list[str]]:
    """A block's lines, parted where a heading stands between two of them without a blank line."""
    parts = [lines[:1]]
    for before, line in pairwise(lines):
        heading = _plain(line)
        starts = (
            ENDS_SENTENCE.search(before) and is_title_like(heading) and _is_bare_heading(heading)
        )
        if starts:
            parts.append([])
        parts[-1].append(line)
    return parts


def _heading(lines: list[str], *, is_number: bool) -> tuple[str, list[str]]:
    """(heading, what follows it in the block); the heading is empty where there is none."""
    marked = MARKED.fullmatch(lines[0].strip())
    if marked is not None:
        return _plain(marked[2]), lines[1:]
    first = _plain(lines[0])
    if is_number:
        name, rest = _name_below(lines[1:])
        return (f"{first.rstrip('.: ')}: {name}" if name and not rest else first), rest
    if len(first) > _LONGEST_LINE or not first:
        return "", lines
    return _heading_by_words(first, lines)


def _heading_by_words(first: str, lines: list[str]) -> tuple[str, list[str]]:
    """(heading, what follows it): by the words of its line, ``first``, or of the whole block."""
    below = lines[1:]
    if below and (is_named(first) or _is_bare_heading(first)):
        name, rest = _name_below(below)
        return (f"{first.rstrip()} {name}" if name else first), rest
    joined = _plain(" ".join(line.strip() for line in lines))
    if len(lines) <= 4 and len(joined) <= 240 and _is_heading(joined):
        return joined, []
    if below and _is_heading(first) and _is_heading_line(first):
        return first, below
    return "", lines


def _is_heading(text: str) -> bool:
    return is_named(text) or split_heading(text) is not None


def _is_heading_line(text: str) -> bool:
    """Whether a heading's line, with text right below it, is one: no sentence ends in it."""
    return text[-1:] not in '.,;!?”"' or is_bare(text)


def _is_bare_heading(text: str) -> bool:
    heading = split_heading(text)
    return heading is not None and not heading[1]


def _name_below(lines: list[str]) -> tuple[str, list[str]]:
    """The lines right below "CHAPTER II" that are its name, and the rest."""
    for count in range(min(3, len(lines)), 0, -1):
        name = " ".join(line.strip() for line in lines[:count])
        if is_title_like(_plain(name)) and (count == len(lines) or len(name) <= _LONGEST_NAME):
            return _plain(name), lines[count:]
    return "", lines


def _is_name(lines: list[str]) -> bool:
    """Whether a lone line below "CHAPTER I." is that chapter's name, and no sentence."""
    line = _plain(" ".join(lines))
    if not line or len(lines) > 2 or len(line) > _LONGEST_NAME or line[0] in "“\"‘'":
        return False
    return line[-1:] not in "!?,;:”\"’'—" and is_title_like(line)


def _numbers_in_sequence(blocks: list[list[str]]) -> set[int]:
    """Blocks that are a number, alone or before a name, count up and have text between them."""
    numbers = {place: number for place, lines in enumerate(blocks) if (number := _number(lines))}
    chain: list[int] = []
    expected = 1
    for place, number in numbers.items():
        if place + 1 in numbers or place + 1 == len(blocks):
            continue  # an entry of a list, with nothing under it
        # Each part of a book may count from one again.
        if number in (expected, 1):
            chain.append(place)
            expected = number + 1
    return set(chain) if len(chain) > 1 else set()


def _number(lines: list[str]) -> int:
    if len(lines) > 3:
        return 0
    first = _plain(lines[0])
    return bare_number(first) or (numbered_name(first)[0] if len(lines) == 1 else 0)


def without_contents(blocks: list[list[str]]) -> tuple[list[list[str]], int]:
    """(blocks without the book's own table of contents, how many words that had)."""
    start = next((n for n, lines in enumerate(blocks) if _CONTENTS.fullmatch(_plain(lines[0]))), -1)
    if start < 0:
        return blocks, 0
    end = _end_of_contents(blocks, start)
    words = sum(len(line.split()) for lines in blocks[start:end] for line in lines)
    return [*blocks[:start], *blocks[end:]], words


def _end_of_contents(blocks: list[list[str]], start: int) -> int:
    """The block after a table of contents; ``start`` itself where nothing in it recurs."""
    short = (lines if len(lines) <= 4 else [] for lines in blocks)
    later = [_spaced(" ".join(lines)) for lines in short]
    end = start + 1
    entries = blocks[start][1:]
    if not all(_recurs(line, later[end:]) for line in entries):
        return start
    while end < len(blocks) and all(_recurs(line, later[end + 1 :]) for line in blocks[end]):
        end += 1
    return end if entries or end > start + 1 else start


def _recurs(line: str, later: list[str]) -> bool:
    """Whether an entry stands further on as a heading does: in a block not much longer."""
    page = _PAGE_BACKWARDS.match(line[::-1])
    entry = _spaced(line[: len(line) - page.end()] if page else line)
    return bool(entry.strip()) and any(
        len(block) <= len(entry) + _LONGEST_LINE and entry in block for block in later
    )


def _spaced(text: str) -> str:
    """The words of a line, a space around each."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(words)} "


def _plain(text: str) -> str:
    """A heading without the marks of emphasis around it."""
    return " ".join(text.split()).strip("_*= ").strip()
