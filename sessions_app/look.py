"""How a child likes a page to look and sound: what may be chosen, and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

THEMES: Final = {
    "paper": "Paper",
    "sky": "Sky",
    "mint": "Mint",
    "dusk": "Dusk",
    "contrast": "Strong",
}
FONTS: Final = {
    "andika": "Andika",
    "lexend": "Lexend",
    "atkinson": "Atkinson",
    "literata": "Literata",
    "opendyslexic": "OpenDyslexic",
    "system": "This device",
}
SIZES: Final = (18, 20, 22, 24, 28, 32, 38)
SPACINGS: Final = {"normal": "Normal", "wide": "Wide", "widest": "Widest"}
WIDTHS: Final = {"narrow": "Narrow", "normal": "Normal", "wide": "Wide"}
VOICES: Final = {"book": "The book’s voice", "device": "This device’s voice", "none": "I read myself"}
RATES: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)

CHOICES: Final[Mapping[str, tuple[Any, ...]]] = {
    "theme": tuple(THEMES),
    "font": tuple(FONTS),
    "size": SIZES,
    "spacing": tuple(SPACINGS),
    "width": tuple(WIDTHS),
    "voice": tuple(VOICES),
    "rate": RATES,
    "highlight": (True, False),
}


@dataclass(frozen=True)
class Look:
    """One child's choices; ``size`` is in CSS pixels, ``rate`` times the voice's own speed."""

    theme: str = "paper"
    font: str = "andika"
    size: int = 22
    spacing: str = "normal"
    width: str = "normal"
    voice: str = "book"
    rate: float = 1.0
    highlight: bool = True

    @classmethod
    def of(cls, preferences: Mapping[str, Any]) -> Look:
        """The choices in ``preferences``; what is missing or unknown is as it was made."""
        known = {
            field.name: preferences[field.name]
            for field in fields(cls)
            if preferences.get(field.name) in CHOICES[field.name]
        }
        return cls(**known)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
