"""Which prepared question a child asks, by the words that the two have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable

from library.language.lemmas import plain, stem
from library.language.prepared import PreparedEntry
from library.language.wording import LITTLE_WORDS

#: The least likeness (the harmonic mean of both sides' share of common words) of a question of
#: one's own, and of the book's question, which is asked in its own words or not at all.
LEAST_LIKENESS = 0.5
SAME_QUESTION = 0.85
#: "Why?" alone asks about what happened within so many words.
JUST_NOW = 60
_NEAR = 250
_NEARNESS = 0.15
_EMPTY = LITTLE_WORDS | {"happen", "happened", "reason", "come", "come?", "thing", "now", "really"}
_NEGATION = re.compile(r"\b(?:not|never|no|nobody|nothing|cannot|\w+n['’]?t)\b")


def asked_cause(
    text: str, entries: Iterable[PreparedEntry], sentence: tuple[int, int]
) -> PreparedEntry | None:
    """The cause that `text` asks for; with no word of its own, that of what happened last."""
    causes = [entry for entry in entries if entry.kind == "cause"]
    wanted = _terms(text)
    if not wanted:
        recent = [entry for entry in causes if entry.last >= sentence[0] - JUST_NOW]
        return max(recent, key=lambda entry: (entry.last, -entry.first), default=None)
    fitting = [
        (likeness + _NEARNESS * (entry.last >= sentence[0] - _NEAR), entry.last, entry)
        for entry in causes
        if (likeness := max(_likeness(text, each) for each in entry.questions)) >= LEAST_LIKENESS
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


def _likeness(asked: str, prepared: str) -> float:
    """From 0 to 1; "why does it dig" is not "why does it not dig"."""
    mine, theirs = _terms(asked), _terms(prepared)
    if not mine or not theirs:
        return 0.0
    likeness = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    opposite = bool(_NEGATION.search(asked.lower())) != bool(_NEGATION.search(prepared.lower()))
    return likeness * 0.6 if opposite else likeness


def _terms(text: str) -> frozenset[str]:
    words = (plain(word) for word in text.replace("—", " ").split())
    return frozenset(
        stem(word)
        for word in words
        if word and word not in _EMPTY and not _NEGATION.fullmatch(word)
    )
