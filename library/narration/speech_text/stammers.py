"""N-n-no, S-stop, Wh-what, N... no: a word begun more than once. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from .interjections import is_common
from .pronouncing import sounds_of
from .said import Said, WordInSentence
from .tables import speech_table

_BREAK = re.compile(r"-+|\.{2,}|…|[—–]+")
_LONGEST_START = 3
_BROKEN = ("…", "..", "—", "--", "–")
_VOWELS = set("aeiou")
_DIGRAPHS = {"kn", "gn", "wr", "ph", "ps", "ch", "sch", "rh"}
_VOWEL_SOUNDS = {
    "AA": "ah", "AE": "ah", "AH": "uh", "AO": "aw", "AW": "ow", "AY": "I", "EH": "eh", "ER": "er",
    "EY": "A", "IH": "ih", "IY": "ee", "OW": "oh", "OY": "oy", "UH": "uh", "UW": "oo",
}  # fmt: skip
_HEARD = _VOWEL_SOUNDS | {
    "CH": "ch", "DH": "th", "F": "f", "JH": "j", "K": "k", "N": "n", "R": "r", "S": "s",
    "SH": "sh", "TH": "th", "Y": "yoo",
}  # fmt: skip


def stammer(context: WordInSentence) -> Said | None:
    """One printed word with its own beginning before it. "Re-read" and "bye-bye" are none."""
    *starts, word = _BREAK.split(context.piece.core)
    if not starts or not word.replace("'", "").isalpha():
        return None
    if not all(_begins(start, word) for start in starts):
        return None
    if len(starts) == 1 and not _is_broken_off(starts[0], word):
        return None
    return Said(" ".join([*(_start_text(start, word) for start in starts), word]))


def broken_off(context: WordInSentence) -> Said | None:
    """A word's beginning printed as a word of its own: "N—" before "no", "W... w..." before
    "what"."""
    core = context.piece.core
    for piece, following_piece in pairwise(context.pieces[context.place :]):
        if piece.lower != core.lower() or not piece.closing.startswith(_BROKEN):
            return None
        following = following_piece.core
        if len(following) > len(core):
            whole = _begins(core, following) and _is_broken_off(core, following)
            return Said(_start_text(core, following)) if whole else None
    return None


def _begins(start: str, word: str) -> bool:
    return (
        0 < len(start) <= _LONGEST_START
        and start.isalpha()
        and word.lower().startswith(start.lower())
    )


def _is_broken_off(start: str, word: str) -> bool:
    """Whether one beginning alone is a stammer, not a word or a prefix of its own."""
    small = start.lower()
    if small == word.lower():
        return len(small) == 1
    if len(small) == 1 or not _VOWELS & set(small):
        return True
    return small not in speech_table("common")["prefixes"] and not is_common(small)


def _start_text(start: str, word: str) -> str:
    """What is heard of a beginning: "N" is "nuh", "Kn" too, "C" of "city" is "suh"."""
    small = start.lower()
    vowels = _VOWELS & set(small)
    if len(small) > 1 and vowels:
        return small
    first = (sounds_of(word.lower()) or "").partition(" ")[0].rstrip("012")
    said = _HEARD.get(first, small) if len(small) == 1 or small in _DIGRAPHS else small
    return said if first in _VOWEL_SOUNDS or vowels else said + "uh"
