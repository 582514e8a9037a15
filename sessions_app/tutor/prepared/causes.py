"""Which prepared question a child asks, by the words that the two have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable

from library.language.lemmas import plain, stem
from library.language.prepared import PreparedEntry
from library.language.wording import LITTLE_WORDS

from ..types import Question

#: The least likeness (the harmonic mean of both sides' share of common words) of a question of
#: one's own, and of the book's question, which is asked in its own words or not at all.
LEAST_LIKENESS = 0.5
SAME_QUESTION = 0.85
#: "Why?" alone asks about what happened within so many words.
JUST_NOW = 60
_NEAR = 250
_NEARNESS = 0.15
_OTHER = 0.6
_EMPTY = LITTLE_WORDS | {"happen", "happened", "reason", "come", "thing", "now", "really"}
_NEGATION = re.compile(r"\b(?:not|never|no|nobody|nothing|cannot|\w+n['’]?t)\b")


def asked_cause(question: Question, sentence: tuple[int, int]) -> PreparedEntry | None:
    """The cause that is asked for. A question without a word of its own ("and why not?") asks
    about what was talked of before, or about what happened last."""
    causes = [entry for entry in question.prepared if entry.kind == "cause"]
    names = _names(question)
    if _terms(question.text):
        return _likest(question.text, causes, names, sentence)
    if question.earlier and "happen" not in question.text:
        earlier = question.earlier[-1]
        for text in (earlier.answer, earlier.question):
            found = _likest(text, causes, names, sentence)
            if found is not None:
                return found
    recent = [entry for entry in causes if entry.last >= sentence[0] - JUST_NOW]
    return max(recent, key=lambda entry: (entry.last, -entry.first), default=None)


def _likest(
    text: str, causes: Iterable[PreparedEntry], names: frozenset[str], sentence: tuple[int, int]
) -> PreparedEntry | None:
    fitting = [
        (likeness + _NEARNESS * (entry.last >= sentence[0] - _NEAR), entry.last, entry)
        for entry in causes
        if (likeness := max(_likeness(text, each, names) for each in entry.questions))
        >= LEAST_LIKENESS
    ]
    return max(fitting, key=lambda each: each[:2])[2] if fitting else None


def asked_checkpoint(text: str, entries: Iterable[PreparedEntry]) -> PreparedEntry | None:
    """The checkpoint whose question `text` is."""
    checkpoints = (entry for entry in entries if entry.kind == "checkpoint")
    fitting = (
        entry
        for entry in checkpoints
        if any(_likeness(text, each) >= SAME_QUESTION for each in entry.questions)
    )
    return next(fitting, None)


def _likeness(asked: str, prepared: str, names: frozenset[str] = frozenset()) -> float:
    """From 0 to 1. "Why does it dig" is not "why does it not dig", and "why is Ann sad" not "why
    is Bob sad"; but one side may have a pronoun for the other's name."""
    mine, theirs = _terms(asked), _terms(prepared)
    common = mine & theirs
    likeness = 1.0
    if mine & names and theirs & names and not common & names:
        likeness *= _OTHER
    if bool(_NEGATION.search(asked.lower())) != bool(_NEGATION.search(prepared.lower())):
        likeness *= _OTHER
    mine, theirs = mine - (names - common), theirs - (names - common)
    if not mine or not theirs:
        return 0.0
    return likeness * 2 * len(common) / (len(mine) + len(theirs))


def _names(question: Question) -> frozenset[str]:
    named = (entry.subject for entry in question.prepared if entry.kind == "person")
    return frozenset(
        stem(plain(part)) for name in (*named, *question.people) for part in name.split()
    )


def _terms(text: str) -> frozenset[str]:
    words = (plain(word) for word in text.replace("—", " ").split())
    return frozenset(
        stem(word)
        for word in words
        if word and word not in _EMPTY and not _NEGATION.fullmatch(word)
    )
