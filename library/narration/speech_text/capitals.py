"""Capitals: shouted words are words, real acronyms are letters. Pure."""

from __future__ import annotations

import re

from .pieces import PrintedWord
from .pronouncing import is_pronounced_word, is_spelled, letter_names
from .said import BookWords, Said, WordInSentence
from .tables import speech_table

_VOWELS = set("aeiouy")
_LIKE_A_WORD = re.compile(r"[^aeiouy]?[^aeiouy]?[aeiouy]+[^aeiouy]{1,2}[aeiouy]*")
_SHORT = 3
_ACRONYMS = re.compile(r"([A-Z]{2,})s")
_STRESSED = re.compile(r"[A-Z]{2}")


def is_capitals(piece: PrintedWord) -> bool:
    """Whether a core of two letters or more is in capitals throughout."""
    letters = [letter for letter in piece.core if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def shouted_places(pieces: list[PrintedWord], book: BookWords) -> list[bool]:
    """Which words stand in a run of capitals that holds a word of two letters or more that is no
    acronym; single letters (I, A) belong to the run around them."""
    shouted = [False] * len(pieces)
    place = 0
    while place < len(pieces):
        end = place
        while end < len(pieces) and _may_be_shouted(pieces[end]):
            end += 1
        run = pieces[place:end]
        words = [piece for piece in run if is_capitals(piece)]
        if len(words) > 1 and any(_is_plain_word(piece, book) for piece in words):
            shouted[place:end] = [True] * len(run)
        place = max(end, place + 1)
    return shouted


def _may_be_shouted(piece: PrintedWord) -> bool:
    return is_capitals(piece) or piece.core in ("I", "A", "O") or not _has_letters(piece.core)


def _has_letters(core: str) -> bool:
    return any(letter.isalpha() for letter in core)


def _is_plain_word(piece: PrintedWord, book: BookWords) -> bool:
    small = piece.lower.replace("'", "")
    return (
        small in book.printed_small or is_pronounced_word(piece.lower) or is_pronounced_word(small)
    )


def capitals(context: WordInSentence) -> Said | None:
    """A word in capitals: spelled, or said as the word that it is."""
    core = context.piece.core
    if core.lower() in ("am", "pm") and context.before.core[:1].isdecimal():
        return Said(core.upper(), letter_names(core))
    if is_capitals(context.piece) and core.replace("'", "").isalpha():
        if _is_acronym(context):
            return Said(core.replace("'", ""), letter_names(core))
        small = core.lower()
        named = small in context.book.names
        return Said(small.capitalize() if named else small)
    if len(core) == 1:
        return _single_letter(context)
    return _mixed(core)


def _is_acronym(context: WordInSentence) -> bool:
    small = context.piece.lower
    plain = small.replace("'", "")
    if not small.isascii():
        return False
    if small in context.book.printed_small or small in context.book.names:
        return False
    if small in speech_table("shouting")["letters_after"] and not context.shouted:
        return context.before.lower in speech_table("shouting")["letters_after"][small]
    if is_spelled(small):
        return True
    if not _VOWELS & set(small):
        return True
    if is_pronounced_word(small) or is_pronounced_word(plain):
        return False
    loud = context.shouted or "!" in context.piece.closing
    if loud or len(small) > _SHORT + 1:
        return False
    return len(small) <= _SHORT or _LIKE_A_WORD.fullmatch(small) is None


def _single_letter(context: WordInSentence) -> Said | None:
    """A letter as such: "Plan B", "the letter a", an initial; not the words "a", "I" and "O"."""
    core = context.piece.core
    if not core.isalpha() or not core.isascii():
        return None
    an_initial = core.isupper() and context.piece.stops and context.after.core[:1].isupper()
    if core in ("a", "A", "I", "O", "o") and not an_initial:
        after_article = context.before.lower in ("an", "letter", "vitamin", "plan", "straight")
        if core == "I" or not after_article:
            return None
    return Said(core, letter_names(core), after=1 if an_initial else context.own_stop)


def _mixed(core: str) -> Said | None:
    """ "DVDs" are letters; "reALLy" and "aMAZing" have a part stressed. "McBee" stays."""
    plural = _ACRONYMS.fullmatch(core)
    if plural is not None and (is_spelled(plural[1].lower()) or not _VOWELS & set(core.lower())):
        return Said(core, letter_names(plural[1]) + " Z")
    mixed = core.isalpha() and _STRESSED.search(core) and not core.isupper()
    return Said(core.lower()) if mixed and is_pronounced_word(core.lower()) else None


def dotted_letters(context: WordInSentence) -> Said | None:
    """ "U.S.", "a.m.", "J.K.": the letters; "e.g." and its kind by their meaning."""
    core = context.piece.core
    first, joint, last = core.partition("&")
    if joint and len(first) == len(last) == 1 and (first + last).isalpha():
        return Said(f"{first.upper()} and {last.upper()}")  # "Q&A"
    parts = core.split(".")
    known = speech_table("set_phrases").get(core.lower())
    if known is not None:
        return Said(known, after=context.own_stop)
    if len(parts) < 2 or not all(len(part) == 1 and part.isascii() for part in parts if part):
        return None
    letters = "".join(parts)
    if not letters.isalpha():
        return None
    name_follows = context.after.core[1:].islower() and len(letters) < _SHORT and letters.isupper()
    own = int(name_follows and context.piece.stops) or context.own_stop
    return Said(letters.upper(), letter_names(letters), after=own)
