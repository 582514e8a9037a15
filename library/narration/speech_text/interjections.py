"""Shhh, Grrr, Mmm: words without a vowel, and words drawn out. Pure."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby, product

from ...language.story_words import story_words
from .pronouncing import is_pronounced_word, sounds_of
from .said import Said, WordInSentence
from .tables import speech_table

_VOWELS = set("aeiouy")
_PAIRS = {"sh": "SH", "ch": "CH", "th": "TH", "ph": "F", "ck": "K", "ng": "NG", "wh": "W"}
_SOUNDS = {
    "b": "B", "c": "K", "d": "D", "f": "F", "g": "G", "h": "HH", "j": "JH", "k": "K", "l": "L",
    "m": "M", "n": "N", "p": "P", "q": "K", "r": "ER", "s": "S", "t": "T", "v": "V", "w": "W",
    "x": "K S", "z": "Z",
}  # fmt: skip
# Sounds that a mouth can hold: in capitals, only these drawn out make a sound of "MMM" or "PSST".
_HELD = set("fhlmnrsvz")
_LONGEST_HOLD = 3
# Letters that make one sound together, or one letter held.
_RUN = re.compile(r"s+h+|c+h+|t+h+|p+h+|w+h+|n+g+|c+k+|(?:([a-z])\1*)")
_DRAWN_OUT = re.compile(r"([a-z])\1\1")
_MOST_RUNS = 4


def interjection(context: WordInSentence) -> Said | None:
    """A word without a vowel, as a sound rather than letter by letter. In capitals only where
    it is drawn out or known: DVD and BBQ are letters."""
    core = context.piece.core
    small = core.lower()
    if len(small) < 2 or not small.isascii() or not small.isalpha() or _VOWELS & set(small):
        return None
    short = _shortest(small)
    known = speech_table("interjections").get(short) or speech_table("interjections").get(small)
    if core.isupper() and not known and not _is_held(small):
        return None
    if not known and short == small and (sounds_of(small) or context.own_stop):
        return None  # an abbreviation, or a word that has no vowel in any dictionary
    return Said(core, _held_sounds(small) if known is None else _with_hold(known, small))


def _shortest(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _is_held(word: str) -> bool:
    return any(letter in _HELD and len(list(run)) >= 3 for letter, run in groupby(word))


def _held_sounds(word: str) -> str:
    sounds: list[str] = []
    for run in (match.group() for match in _RUN.finditer(word)):
        sound = _PAIRS.get(run[0] + run[-1]) or _SOUNDS[run[0]]
        held = "R" if sound == "ER" else sound
        extra = len(run) - (2 if run[0] != run[-1] else 1)
        sounds += [sound, *[held] * (min(extra, _LONGEST_HOLD - 1) * (run[-1] in _HELD))]
    if sounds[0] == "ER":
        sounds[0] = "R"
    return " ".join(sounds)


def _with_hold(known: str, word: str) -> str:
    """The known sounds, the last one held where the word ends drawn out."""
    if word[-1] in _HELD and word.endswith(word[-1] * 3):
        return f"{known} {known.rsplit(maxsplit=1)[-1]}"
    return known


def drawn_out(context: WordInSentence) -> Said | None:
    """ "Nooooo", "Yesss", "Booom": a letter three times or more, as the word that it stretches."""
    core = context.piece.core
    if not _DRAWN_OUT.search(core.lower()) or not core.isascii() or not core.isalpha():
        return None
    small = unstretched(core.lower())
    return Said(small.capitalize() if core[0].isupper() and not core.isupper() else small)


@cache
def unstretched(word: str) -> str:
    runs = [(letter, len(list(run))) for letter, run in groupby(word)]
    if sum(count >= 3 for _, count in runs) > _MOST_RUNS:
        return _shortest(word)
    tries = _spellings(runs)
    for is_known in (is_common, is_pronounced_word):
        found = next((word for word in tries if is_known(word)), None)
        if found is not None:
            return found
    return "".join(
        letter * (min(count, 2) if letter in _VOWELS or count < 3 else 1) for letter, count in runs
    )


def _spellings(runs: list[tuple[str, int]]) -> list[str]:
    """The words with each drawn-out letter once or twice, the likelier first."""
    ways = []
    for place, (letter, count) in enumerate(runs):
        # Within a word two letters are likelier ("boom"), at its end one ("so").
        last = place + 1 == len(runs)
        both = [letter, letter * 2] if last or letter not in _VOWELS else [letter * 2, letter]
        ways.append(both if count >= 3 else [letter * count])
    return ["".join(way) for way in product(*ways)]


def is_common(word: str) -> bool:
    return word in story_words() or word in speech_table("common")["words"]
