"""Roman numerals: Chapter IV, Henry VIII, World War II. Pure."""

from __future__ import annotations

from .number_words import cardinal, is_year, ordinal, roman, year
from .said import Said, WordInSentence
from .tables import speech_table


def roman_numeral(context: WordInSentence) -> Said | None:
    """A numeral after what is numbered is a cardinal, after a name an ordinal; elsewhere it is
    one only where it can be nothing else (two letters or more that make no word)."""
    core = context.piece.core
    is_numbered = (
        context.before.lower in speech_table("roman")["numbered"] and not context.before.closing
    )
    value = roman(core.upper()) if core.isupper() or is_numbered else 0
    if not value or not core.isascii():
        return None
    is_pronounced_word = core.lower() in speech_table("roman")["other_words"]
    if is_numbered:
        return None if is_pronounced_word and not _can_be_one(context) else _cardinal(value)
    if _follows_a_name(context, core, is_pronounced_word=is_pronounced_word):
        return Said("the " + ordinal(str(value)))
    return _cardinal(value) if len(core) > 1 and not is_pronounced_word else None


def _cardinal(value: int) -> Said:
    return Said(year(str(value)) if is_year(str(value)) else cardinal(str(value)))


def _can_be_one(context: WordInSentence) -> bool:
    """Whether "Part I" ends there, or goes on as a heading does: not "the part I like"."""
    starts_large = context.before.core[:1].isupper()
    return starts_large and (bool(context.piece.closing) or not context.after.core[:1].islower())


def _follows_a_name(context: WordInSentence, core: str, *, is_pronounced_word: bool) -> bool:
    before = context.before
    if len(before.core) < 2 or not before.core[0].isupper() or before.closing:
        return False
    if len(core) > 1 and not is_pronounced_word:
        return before.core.replace("'", "").isalpha()
    ruler = context.before_that.lower in speech_table("roman")["rulers"]
    return core in ("I", "V", "X") and (
        ruler or (core == "V" and before.lower in speech_table("roman")["regnal"])
    )
