"""Lines of a plain text as paragraphs: hard wraps joined, verse kept, hyphens at line ends undone.

A text is written in one of three ways: paragraphs parted by blank lines, a paragraph on each line,
or paragraphs that begin with an indent. Which one it is, is seen from the text as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from ...language.reading_level import is_known_word

_WRAPPED_FROM = 50
_VERSE_UP_TO = 48
_INDENT = re.compile(r"(?: {2,}|\t|\u3000)")
ENDS_SENTENCE = re.compile(r"[.!?…:。！？][”\"’'»」)\]*_]*$")
_PAUSE = re.compile(r"[.!?,;:—…][”\"’'_]*$")
_HYPHENS = ("-", "\u2010")
_BEGINS = re.compile(r"^([^\W\d_]+)")


@dataclass(frozen=True)
class Layout:
    """How a text's lines mean its paragraphs."""

    lines_are_paragraphs: bool = False
    is_wrapped: bool = False

    @cached_property
    def verse_below(self) -> int:
        return _VERSE_UP_TO if self.is_wrapped else 0


def blocks_of(text: str) -> list[list[str]]:
    """The stretches between blank lines, each as its lines."""
    blocks = re.split(r"\n[^\S\n]*\n\s*?(?=[^\n])", text.strip("\n"))
    split = ([line.rstrip() for line in block.split("\n") if line.strip()] for block in blocks)
    return [lines for lines in split if lines]


def layout_of(blocks: list[list[str]]) -> Layout:
    lines = [line for block in blocks for line in block]
    long = sum(len(line) >= _WRAPPED_FROM for line in lines)
    inner = [line for block in blocks for line in block[:-1]]
    ended = sum(bool(ENDS_SENTENCE.search(line)) for line in inner if len(line) >= 20)
    counted = sum(len(line) >= 20 for line in inner)
    very_long = sum(len(line) > 120 for line in lines)
    alone = counted > 0 and (ended >= 0.6 * counted or very_long * 3 > len(lines))
    return Layout(
        lines_are_paragraphs=alone and long * 3 > len(lines),
        is_wrapped=bool(inner) and not alone and long > len(lines) // 3,
    )


def paragraphs_in(block: list[str], layout: Layout, joins: Callable[[str, str], bool]) -> list[str]:
    """The paragraphs of one block. ``joins`` says whether a word goes on after a hyphen."""
    if len(block) == 1 or layout.lines_are_paragraphs:
        return [line.strip() for line in block]
    indents = [bool(_INDENT.match(line)) for line in block]
    if all(indents) and max(map(len, block)) < _WRAPPED_FROM + 12:
        return [line.strip() for line in block]
    if any(indents[1:]) and not all(indents):
        return [_joined(lines, joins) for lines in _at_indents(block, indents)]
    if max(map(len, block)) < layout.verse_below or _is_verse(block):
        return [line.strip() for line in block]
    return [_joined(block, joins)]


def _is_verse(block: list[str]) -> bool:
    """Whether each line begins and ends as verse does: with a capital, and no width in common."""
    begins = all(line.lstrip("“\"‘'(—_* ")[:1].isupper() for line in block)
    short = max(map(len, block)) < _WRAPPED_FROM + 12
    return begins and short and (len(block) > 2 or bool(_PAUSE.search(block[0])))


def _at_indents(block: list[str], indents: list[bool]) -> list[list[str]]:
    paragraphs: list[list[str]] = []
    for line, indented in zip(block, indents, strict=True):
        if indented or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line)
    return paragraphs


def _joined(lines: list[str], joins: Callable[[str, str], bool]) -> str:
    parts = [lines[0].strip()]
    for line in map(str.strip, lines[1:]):
        before, after = word_before_hyphen(parts[-1]), _BEGINS.match(line)
        if not before or after is None or not after[1][0].islower():
            parts.append(" ")
        elif joins(before, after[1]):
            parts[-1] = parts[-1][:-1]
        parts.append(line)
    return "".join(parts)


def word_before_hyphen(line: Sequence[str]) -> str:
    """The letters before the hyphen that ends a line; empty where none does.

    It looks at those letters only, from the end: a pattern that is searched for would begin at
    every letter of the line anew.
    """
    end = reversed(line)
    if next(end, "") not in _HYPHENS:
        return ""
    return "".join(takewhile(str.isalpha, end))[::-1]


def hyphen_rule(text: str) -> Callable[[str, str], bool]:
    """Whether two parts at a line's end are one word: as the text has it elsewhere, else as a
    dictionary has it."""
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))

    def joins(before: str, after: str) -> bool:
        whole, apart = f"{before}{after}".lower(), f"{before}-{after}".lower()
        if whole in words or apart in words:
            return whole in words
        if is_known_word(whole):
            return True
        return not (is_known_word(before.lower()) and is_known_word(after.lower()))

    return joins
