"""Whether an answer is right, by rules: what a person would look for, and nothing about style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from .cases import Case

#: More is no answer to a child.
MOST_WORDS: Final = 130
#: So many of the book's words in a row are the book's own.
PASSAGE_WORDS: Final = 6

_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"")
_DECLINES: Final = re.compile(
    r"\bi (?:have )?(?:looked|searched)\b"
    r"|\bi (?:could not|couldn't|cannot|can't|can not|did not|didn't) (?:find|explain|answer|tell"
    r"|see|say|understand)\b"
    r"|\bi (?:do not|don't) (?:know|understand|have (?:that|an answer))\b"
    r"|\bi (?:am|'m) not sure\b|\bi'm not sure\b"
    r"|\bask (?:me )?(?:it )?in (?:an)?other words\b|\bask (?:a grown-up|your teacher)\b"
    r"|\b(?:does not|doesn't) say\b|\bno (?:lo )?(?:sé|encuentro|encontré|pude)\b"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_OPENING: Final = "“‘\"'("
#: No passage runs over the end of a sentence or of a quotation.
_BETWEEN: Final = re.compile(r"[.!?:…“”\"]")
_ENDS_SENTENCE: Final = re.compile(r"[.!?:…]['\"”’)]*$")


def straightened(text: str) -> str:
    """`text` with straight quotes, single spaces and small letters."""
    straight = text.translate(str.maketrans("“”‘’\u00a0", "\"\"'' "))
    return " ".join(straight.lower().split())


def bare_words(text: str) -> list[str]:
    return _WORD.findall(straightened(text))


def declines(text: str) -> bool:
    """Whether a tutor says that it has no answer; what it quotes is the book's."""
    return _DECLINES.search(straightened(_QUOTED.sub(" ", text))) is not None


@dataclass(frozen=True)
class Read:
    """A book's words up to where the child is, and those after."""

    before: Sequence[str]
    after: Sequence[str]

    @cached_property
    def passages_ahead(self) -> set[tuple[str, ...]]:
        return _passages(self.after) - _passages(self.before)

    @cached_property
    def names_ahead(self) -> frozenset[str]:
        """Names that come up only later: capitals inside sentences, and never small letters."""
        words = (*self.before, *self.after)
        small = {_bare(word) for word in words if word.lstrip(_OPENING)[:1].islower()}
        inside = {
            _bare(word)
            for last, word in zip(self.after, self.after[1:], strict=False)
            if word[:1].isupper() and not _ENDS_SENTENCE.search(last)
        }
        met = {_bare(word) for word in self.before}
        return frozenset(name for name in inside - met - small if _is_name(name))


def _is_name(word: str) -> bool:
    """Whether a word written with a capital may be one: not "I", "I'll" or a number."""
    return word.isalpha() and len(word) > 2


def _bare(word: str) -> str:
    return re.sub(r"'s$", "", "".join(bare_words(word)[:1]))


def _passages(words: Sequence[str]) -> set[tuple[str, ...]]:
    flat = [part for word in words for part in bare_words(word)]
    ends = range(len(flat) - PASSAGE_WORDS + 1)
    return {tuple(flat[place : place + PASSAGE_WORDS]) for place in ends}


def faults(
    case: Case, text: str, read: Read, cited: Sequence[range] = (), wanted: range = range(0)
) -> list[str]:
    """What is wrong with an answer, a line each; none where it is right.

    `cited` are the words that it cites, `wanted` those of the case's `cites`.
    """
    said = straightened(text)
    count = len(bare_words(text))
    found = [f"lacks {one.pattern}" for one in case.right if not one.search(said)]
    found += [f"says {hit[0]!r}" for one in case.wrong if (hit := one.search(said))]
    if not case.may_decline and declines(text):
        found.append("has no answer")
    if count > MOST_WORDS:
        found.append(f"takes {count} words")
    if wanted and not any(set(wanted) & set(one) for one in cited):
        found.append("cites another place")
    return found + _later(text, case.ask, read)


def _later(text: str, ask: str, read: Read) -> list[str]:
    parts = [part.split() for part in _BETWEEN.split(text)]
    told = set().union(*(_passages(part) for part in parts)) & read.passages_ahead
    named = {_bare(word) for word in text.split() if word.lstrip(_OPENING)[:1].isupper()}
    early = (named & read.names_ahead) - set(bare_words(ask))
    return [
        *(f"tells of later: {' '.join(one)}" for one in sorted(told)),
        *(f"names {name!r} too early" for name in sorted(early)),
    ]
