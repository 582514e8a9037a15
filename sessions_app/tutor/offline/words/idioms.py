"""Phrases whose single words do not tell what they mean: "kept on", "looked it up".

They are found in whatever forms their words have, with what may stand between them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from library.language.lemmas import share_headword, stem
from library.language.wording import LITTLE_WORDS

from ..data import data_rows

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_OWNERS = frozenset({"my", "your", "his", "her", "its", "our", "their", "one's"})
_SELVES = frozenset({"myself", "yourself", "himself", "herself", "itself", "ourselves",
                     "yourselves", "themselves", "oneself"})  # fmt: skip
_WIDEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Idiom:
    """`phrase` in its plain form, what it means, and its words as it stood in a text."""

    phrase: str
    meaning: str
    standing: str
    first: int
    last: int

    @property
    def is_telling(self) -> bool:
        """Whether it is more than little words that belong together: not "at all", "as if"."""
        return any(word not in LITTLE_WORDS and len(word) > 2
                   for word in _WORD.findall(self.phrase.lower()))  # fmt: skip

    def covers(self, word: str) -> bool:
        """Whether one of its words is a form of `word`."""
        return any(share_headword(part, word) for part in _WORD.findall(self.standing))


def asked_literally(asked: str, text: str) -> Idiom | None:
    """The idiom of `text` that a question takes word for word: "does it cost his arm?"."""
    words = {_key(word.lower()) for word in _WORD.findall(asked)}
    for idiom in idioms_in(text):
        telling = {_key(word.lower()) for word in _WORD.findall(idiom.standing)
                   if word.lower() not in LITTLE_WORDS and len(word) > 2}  # fmt: skip
        if len(telling) > 1 and len(telling & words) > 1:
            return idiom
    return None


@lru_cache(maxsize=512)
def idioms_in(text: str) -> tuple[Idiom, ...]:
    """The phrases in `text`, in its order, the longest where several begin alike."""
    words = [(found[0].lower().replace("’", "'"), found.start(), found.end())
             for found in _WORD.finditer(text[:1500])]  # fmt: skip
    found: list[Idiom] = []
    for start in range(len(words)):
        best = max(
            _starting(words, start, text), key=lambda one: one.last - one.first, default=None
        )
        if best is not None and not (found and best.first < found[-1].last):
            found.append(best)
    return tuple(found)


def idiom_of(phrase: str) -> Idiom | None:
    """The idiom that `phrase` is or contains: "looked it up", "keep an eye on"."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(phrase)]
    telling = {word for word in words if word not in LITTLE_WORDS}
    for one in idioms_in(phrase):
        standing = [word.lower().replace("’", "'") for word in _WORD.findall(one.standing)]
        if telling <= set(standing) or 2 * len(standing) > len(words):
            return one
    return None


def _starting(words: list[tuple[str, int, int]], start: int, text: str) -> Iterator[Idiom]:
    for parts, phrase, meaning in _by_first().get(_key(words[start][0]), ()):
        end = _match(parts, words, start)
        if end is not None:
            first, last = words[start][1], words[end][2]
            if not re.search(r"[.!?;:“”—]", text[first:last]):
                yield Idiom(phrase, meaning, text[first:last], first, last)


def _match(parts: tuple[str, ...], words: list[tuple[str, int, int]], start: int) -> int | None:
    """The place of the last word of a phrase that begins at `start`; None where it does not."""
    place = start
    gap = (0, 0)
    for number, part in enumerate(parts):
        if part in ("~", "~~"):
            gap = (1 if part == "~~" else 0, _WIDEST_GAP)
            continue
        offered = range(place + gap[0], min(len(words), place + gap[1] + 1))
        at = next((at for at in offered if _fits(part, words[at][0])), None)
        if at is None or (number == 0 and at != start):
            return None
        place, gap = at + 1, (0, 0)
    return place - 1


def _fits(part: str, word: str) -> bool:
    if part == "one's":
        return word in _OWNERS or word.endswith("'s")
    if part == "oneself":
        return word in _SELVES
    return part == word or (
        len(word) > 2 and _key(part) == _key(word) and share_headword(word, part)
    )


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    return stem(word)


@cache
def _by_first() -> Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for pattern, meaning in data_rows("idioms.txt"):
        parts = tuple(pattern.lower().replace(",", "").split())
        phrase = pattern.replace("~~ ", "something ").replace("~ ", "")
        if parts[0] == "one's":  # never first: "one's" fits too much
            continue
        table.setdefault(_key(parts[0]), []).append((parts, phrase, meaning))
    return {first: tuple(found) for first, found in table.items()}
