"""Money, and what is counted in units: "$3.50", "$3.2 billion", "5 km", "20 °C". Pure."""

from __future__ import annotations

import re

from .number_words import cardinal, decimal, plural_of
from .said import Said, WordInSentence
from .tables import speech_table

_FIGURE = r"(\d[\d,]*)?(?:\.(\d+))?"
_BEFORE = re.compile(rf"-?([$£€¥₹]){_FIGURE}(k|K|m|M|bn|B)?")
_NOTES = re.compile(r"[$£€](\d+)s")
_BEHIND = re.compile(rf"{_FIGURE}([€£¢¥₹])")
_SCALES = {"hundred", "thousand", "million", "billion", "trillion", "dozen"}
_LETTERS = {
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "bn": "billion",
    "B": "billion",
}  # fmt: skip
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\d+/\d+|\d*[½¼¾⅓⅔⅛]")
# "a $5 bill": what is one thing worth so much has its money in the singular.
_ONE_THING = {"bill", "note", "coin", "ticket", "prize", "fine", "reward", "gift", "toy", "stamp"}


def money(context: WordInSentence) -> Said | None:
    """An amount of money; the currency goes behind "million" where that is the next word."""
    core = context.piece.core
    match = _BEFORE.fullmatch(core)
    if match is not None and (match[2] or match[3]):
        sign, whole, part, letter = match.groups()
        if letter is not None:
            return Said(
                f"{_number(whole, part)} {_LETTERS[letter]} {speech_table('money')[sign][1]}"
            )
        if context.after.lower in _SCALES:
            return Said(_number(whole, part))
        singular = context.after.lower in _ONE_THING
        return Said(_amount(sign, whole, part, singular=singular))
    match = _NOTES.fullmatch(core)
    if match is not None:
        return Said(plural_of(cardinal(match[1])))
    match = _BEHIND.fullmatch(core)
    if match is not None and (match[1] or match[2]):
        return Said(_amount(match[3], match[1], match[2], singular=False))
    return None


def _number(whole: str | None, part: str | None) -> str:
    plain = (whole or "").replace(",", "")
    return decimal(plain, part) if part else cardinal(plain)


def _amount(sign: str, whole: str | None, part: str | None, *, singular: bool) -> str:
    one, many, cent, cents = speech_table("money")[sign]
    if part is not None and len(part) != 2:
        return f"{_number(whole, part)} {many}"
    large = int((whole or "0").replace(",", ""))
    small = int(part or 0)
    said = []
    if large or not small:
        said.append(f"{cardinal(str(large))} {one if large == 1 or singular else many}")
    if small:
        said.append(f"{cardinal(str(small))} {cent if small == 1 else cents}")
    return " and ".join(said)


def scale_of_money(context: WordInSentence) -> Said | None:
    """ "million" behind "$3.2": "million dollars"."""
    match = _BEFORE.fullmatch(context.before.core)
    if context.piece.lower not in _SCALES or match is None:
        return None
    return Said(f"{context.piece.core} {speech_table('money')[match[1]][1]}")


def unit(context: WordInSentence) -> Said | None:
    """A unit in short behind its figure, in the singular only behind one."""
    core = context.piece.core
    names = speech_table("units").get(core)
    if names is None or not _NUMBER.fullmatch(context.before.core) or context.before.closing:
        return None
    if core == "in" and not context.piece.stops:
        return None  # "3 in the tree"
    one = context.before.core in ("1", "1/2", "½", "1/4", "¼", "3/4", "¾")
    return Said(names[0 if one else 1], after=context.own_stop)
