"""When two names or two ids are one person's, however they are written.

An id is the school's own and comes first. A name alone is an id of its own kind (``name:…``),
which holds only while nobody else in the school has that name.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import Final

_NAMED: Final = "name:"
_MOST_DIFFERENT: Final = 0.8
_APOSTROPHES: Final = re.compile(r"['’‘ʼʻ`´′＇]")


def compared(name: str) -> str:
    """A name as it is compared: NFKC, small letters, its words in order of the alphabet.

    Quotes of any kind, letters of no width and the comma of “Sol, Ana” do not count; a hyphen
    is a space. Accents do count: Zoe and Zoë may be two children.
    """
    whole = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", name)).casefold()
    seen = "".join(letter for letter in whole if unicodedata.category(letter) != "Cf")
    return " ".join(sorted(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", seen))))


def named_id(name: str) -> str:
    """The id of somebody of whom a roster says nothing but the name."""
    return _NAMED + compared(name)


def has_name_only(source_id: str) -> bool:
    return source_id.startswith(_NAMED)


def same_id(source_id: str) -> str:
    """An id as it is compared: names as ``compared``, others as they stand."""
    return named_id(source_id.removeprefix(_NAMED)) if has_name_only(source_id) else source_id


def without_zeros(source_id: str) -> str:
    """An id without the zeros that a spreadsheet program takes from the front of a number.

    "" for an id that is no number."""
    kind, colon, number = source_id.rpartition(":")
    return f"{kind}{colon}{number.lstrip('0')}" if number.isascii() and number.isdigit() else ""


def kept_id(here: str, said: str) -> str:
    """The id of somebody found: the one that is here, where the roster's is the same or weaker."""
    weaker = has_name_only(said) or same_id(here) == same_id(said)
    return here if here and (weaker or _lost_zeros(here, said)) else said


def _lost_zeros(here: str, said: str) -> bool:
    return here != said and without_zeros(here) != "" and without_zeros(here) == without_zeros(said)


def spelt(name: str) -> str:
    """A name as it is spelt, but for what only programs see: forms of letters and of quotes."""
    return unicodedata.normalize("NFKC", _APOSTROPHES.sub("'", name))


def without_accents(name: str) -> str:
    """A name as ``compared``, without accents."""
    decomposed = unicodedata.normalize("NFD", compared(name))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def nearly_alike(first: str, second: str) -> bool:
    """Whether two ``without_accents`` names differ by no more than a slip or a part."""
    return difflib.SequenceMatcher(None, first, second).ratio() >= _MOST_DIFFERENT
