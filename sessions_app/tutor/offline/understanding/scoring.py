"""Which kind of question a child's words show, by points for the cues of each kind.

A whole question is seldom worded twice alike, so no wording has to match whole; the telling words
that a kind does not account for count against it ("what happened" and "what happened in the barn").
"""

import re
from dataclasses import dataclass
from functools import cache

from ..data import toml_tables
from ..retrieval.passages import terms
from .intent import Intent, Topic

_LEAST = 2.0
_WHOLE: tuple[Topic, ...] = ("easier", "sentence", "more")
_OF_THE_STORY: tuple[Topic, ...] = ("so_far", "cast", "ahead")
_MAYBE = "ahead_maybe"
#: Words that say nothing of what is asked about.
_EMPTY = frozenset(terms("please now already again anyway just everything part sentence page word "
                         "words line today stuff bit well i'm sorry again able help need")) | {
    "sentenc", "pag", "lin",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """The cues of one kind of question, and what each unexplained word costs."""

    cues: tuple[tuple[re.Pattern[str], float], ...]
    leftover: float

    def points(self, words: str) -> float:
        """How well `words` (lower case) fit this kind."""
        covered = [False] * len(words)
        points = 0.0
        for pattern, weight in self.cues:
            found = pattern.search(words)
            if found is None:
                continue
            points += weight
            covered[found.start() : found.end()] = [True] * (found.end() - found.start())
        if points < _LEAST or not self.leftover:
            return points
        left = "".join(" " if hidden else letter for letter, hidden in
                       zip(words, covered, strict=True))  # fmt: skip
        return points + self.leftover * len(set(terms(left)) - _EMPTY)


@cache
def _kinds() -> dict[str, Kind]:
    return {
        name: Kind(
            tuple((re.compile(pattern), float(weight)) for pattern, weight in table["cues"]),
            float(table["leftover"]),
        )
        for name, table in toml_tables("intents.toml").items()
    }


def about_the_sentence(words: str) -> Intent | None:
    """A wish to understand the sentence, to have it easier, or to hear more of the last answer."""
    return _best(words, _WHOLE)


def about_the_story(words: str) -> Intent | None:
    """A question about all that happened, everybody in it, or what comes next."""
    best = _best(words, _OF_THE_STORY)
    if best is None and _kinds()[_MAYBE].points(words) >= _LEAST:
        return Intent("ahead", "maybe")
    return best


def _best(words: str, topics: tuple[Topic, ...]) -> Intent | None:
    points, topic = max(
        ((_kinds()[one].points(words), one) for one in topics), key=lambda row: row[0]
    )
    return Intent(topic) if points >= _LEAST else None
