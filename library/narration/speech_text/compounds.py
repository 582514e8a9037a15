"""Words joined by hyphens and slashes: each part as it would be said alone. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .interjections import unstretched
from .pronouncing import is_pronounced_word, sounds_of
from .said import Said, WordInSentence

_HISSING = ("S", "Z", "SH", "CH", "ZH", "JH")
_VOICELESS = ("P", "T", "K", "F", "TH")
_VOWELS = set("aeiouy")


def with_core(context: WordInSentence, core: str) -> WordInSentence:
    """The same place with another core, and nothing behind it."""
    pieces = list(context.pieces)
    pieces[context.place] = replace(context.piece, core=core, lower=core.lower(), closing="")
    return replace(context, pieces=pieces)


def with_s(sounds: str) -> str:
    """The sounds with the ending of a plural or a possessive."""
    if not sounds:
        return ""
    last = sounds.rsplit(maxsplit=1)[-1]
    if last in _HISSING:
        return f"{sounds} IH Z"
    return sounds + (" S" if last in _VOICELESS else " Z")


def compounds(
    context: WordInSentence, parts: list[str], rule: Callable[[WordInSentence], Said | None]
) -> Said:
    """A core of several ``parts``: "NASA-made", "he/she", "Grrr-eat", "s-l-o-w"."""
    core = context.piece.core
    whole = _drawn_apart(context, parts)
    if whole is not None:
        return whole
    said = [rule(with_core(context, part)) or Said(part) for part in parts]
    slash = "/" in core
    if not slash and all(one == Said(part) for one, part in zip(said, parts, strict=True)):
        return Said(core)
    return _joined(said, " or ", " AO R ") if slash else _joined(said, " ", " ")


def _joined(parts: list[Said], between: str, sounds_between: str) -> Said:
    """The parts in a row; as sounds where one of them is said so, and all can be."""
    text = between.join(part.text for part in parts)
    sounds = [part.sounds or sounds_of(part.text.lower()) or "" for part in parts]
    if any(part.sounds for part in parts) and all(sounds):
        return Said(text, sounds_between.join(sounds))
    return Said(text)


def _drawn_apart(context: WordInSentence, parts: list[str]) -> Said | None:
    """One word printed in pieces: "s-l-o-w", "Brrr-eakfast". Letters that spell stay letters."""
    joined = unstretched("".join(parts).lower())
    if not is_pronounced_word(joined) or not _VOWELS & set(joined) or "/" in context.piece.core:
        return None
    if all(len(part) == 1 for part in parts):
        spelling = any(piece.lower.startswith("spell") for piece in context.pieces)
        return None if spelling or context.piece.core.isupper() else Said(joined)
    broken = not _VOWELS & set(parts[0].lower()) and len(parts[0]) > 1
    return (
        Said(joined) if broken and not all(map(is_pronounced_word, map(str.lower, parts))) else None
    )
