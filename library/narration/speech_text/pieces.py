"""A printed word taken apart: what opens it, its core, what closes it. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

# What typewriters and Markdown print around a word for emphasis; nobody says it.
_EMPHASIS = re.compile(r"[*_~`]+(?=\w)|(?<=[\w.,!?…'’”])[*_~`]+")
# Signs that are said where they stand alone or beside a figure.
_SAID = "$£€¥₹¢%&@+=<>×÷−±°#√"
_EDGE = re.compile(rf"[^\w{re.escape(_SAID)}]+")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "′": "'", "‐": "-", "‑": "-"})
# Signs that are no marks of a voice: the engines would stumble over them or name them.
_SILENT = re.compile(r"[\[\]{}|\\^*_~`•·†‡§¶©®™]+")
_STRANGE = {
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th",
    "ð": "th", "Ð": "Th", "ħ": "h", "ŋ": "ng", "ſ": "s",
}  # fmt: skip


@dataclass(frozen=True)
class PrintedWord:
    """``opening + core + closing`` is what is printed, but for marks of emphasis. Apostrophes
    and hyphens of ``core`` are plain ones; it is empty where nothing can be said."""

    printed: str
    opening: str
    core: str
    closing: str
    lower: str = field(default="", compare=False)

    @property
    def stops(self) -> bool:
        """Whether a full stop follows the core at once: an abbreviation, or a sentence's end."""
        return self.closing.startswith(".") and not self.closing.startswith("...")


def take_apart(word: str) -> PrintedWord:
    bare = _EMPHASIS.sub("", word)
    start = _EDGE.match(bare)
    first = start.end() if start else 0
    last = len(bare)
    while last > first and _EDGE.fullmatch(bare[last - 1]):
        last -= 1
    core = bare[first:last].translate(_APOSTROPHES)
    return PrintedWord(
        word,
        _SILENT.sub("", bare[:first]),
        core,
        _SILENT.sub("", bare[last:]),
        core.lower(),
    )


def in_latin_letters(core: str) -> str:
    """Letters that English voices have never seen as the nearest that they have: "Łódź" is
    "Lódz". What Western European languages write (é, ü, ñ) they know."""
    said: list[str] = []
    for letter in core:
        if letter <= "ÿ":
            said.append(letter)
        elif letter in _STRANGE:
            said.append(_STRANGE[letter])
        else:
            apart = unicodedata.normalize("NFKD", letter)
            said.append("".join(c for c in apart if unicodedata.category(c) != "Mn") or letter)
    return "".join(said)


def without_silent_signs(core: str) -> str:
    """``core`` without what is never said; unchanged where nothing else would be left."""
    return " ".join(_SILENT.sub(" ", core).split()) or core
