"""What a chapter is called: by the contents, by its headings, by its file, or by its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.text import is_word
from ..headings import bare_number, is_bare, split_heading

_LONGEST = 300
_LONGEST_NUMBER = 4  # letters: "viii"
_NO_TITLE = re.compile(
    r"(?:(?:file|page|section|split|untitled|unknown|document|body|text|new|index|content|x?html?|"
    r"no title|t|ch|chapter)[\W_]*)*\d*",
    re.IGNORECASE,
)


def letters(text: str) -> str:
    """What two titles have to have in common to be the same."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def joined(parts: Sequence[str], gap: str = ": ") -> str:
    """Titles as one, each said once: a number, then the name."""
    kept: list[str] = []
    for part in parts:
        if letters(part) and not any(_is_within(part, other) for other in kept):
            kept = [other for other in kept if not _is_within(other, part)]
            kept.append(part.strip())
    first = [
        part.rstrip(" .:") if place < len(kept) - 1 else part for place, part in enumerate(kept)
    ]
    return gap.join(first)[:_LONGEST]


def _is_within(part: str, whole: str) -> bool:
    """Whether a title says what another says: a number ("I.") only where it stands as a word."""
    known = letters(part)
    if len(known) <= _LONGEST_NUMBER:
        return known in map(letters, whole.split())
    return known in letters(whole)


def chapter_title(labels: Sequence[str], headings: Sequence[str]) -> tuple[str, list[str]]:
    """(title, headings that it does not hold) of a chapter.

    ``labels`` are what the contents call it, outermost first, ``headings`` what stands above its
    text. A label that is but a number takes the heading's name; a label of another wording stands,
    and the heading is then read as text, so that it is not lost.
    """
    label = joined(labels, " · ")
    printed = joined(headings)
    known = letters(label)
    if not label:
        return printed, []
    if known in letters(printed):
        return printed, []
    if is_bare(label):
        names = [heading for heading in headings if not is_bare(heading)]
        return joined([label, *names]), []
    missing = [text for text in headings if letters(without_number(text)) not in known]
    return label, missing


def without_number(text: str) -> str:
    """A heading's name, without the number before it ("1. Home", "IV: Home", "Chapter 2. Home")."""
    numbered = split_heading(text)
    if numbered is not None and numbered[1]:
        return numbered[1]
    first, _, rest = text.partition(" ")
    return rest if rest and bare_number(first) else text


def telling(own_titles: Sequence[str], book_title: str) -> set[str]:
    """Those of the files' own titles that tell one file from another, and are no file's name."""
    return {
        title
        for title in own_titles
        if is_word(title)
        and own_titles.count(title) == 1
        and letters(title) not in ("", letters(book_title))
        and not _NO_TITLE.fullmatch(title)
    }
