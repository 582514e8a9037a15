"""How a child likes a page to look and sound: what the settings offer, and what was chosen.

The settings offer a few steps; what is stored are the plain measures of
``accounts.preferences``, so that another client may choose freely between them. A measure
that lies between two steps counts as the nearer one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from readerai.accounts.models import Student

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
WIDTHS: Final = {"narrow": "Short", "normal": "Normal", "wide": "Long"}
VOICES: Final = {
    "book": "The book’s voice",
    "device": "This device’s voice",
    "none": "I read myself",
}
#: Up to this grade the page says what it shows, unless the child has chosen otherwise.
LAST_GRADE_READ_TO: Final = 2
RATES: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)

SPACING_MEASURES: Final = {
    "normal": {"lineHeight": 1.7, "wordSpacing": 0.0, "letterSpacing": 0.0},
    "wide": {"lineHeight": 2.0, "wordSpacing": 0.12, "letterSpacing": 0.02},
    "widest": {"lineHeight": 2.3, "wordSpacing": 0.24, "letterSpacing": 0.06},
}
WIDTH_MEASURES: Final = {"narrow": 46, "normal": 60, "wide": 74}


@dataclass(frozen=True)
class Appearance:
    """One child's choices; ``size`` is in CSS pixels, ``rate`` times the voice's own speed."""

    theme: str = "paper"
    font: str = "andika"
    size: int = 22
    spacing: str = "normal"
    width: str = "normal"
    voice: str = "book"
    rate: float = 1.0
    highlight: bool = True
    aloud: bool = False

    @classmethod
    def of(cls, student: Student) -> Appearance:
        """The choices that a student has stored; what is missing is as it was made. To the
        youngest everything is read aloud until they choose otherwise."""
        preferences: Mapping[str, Any] = student.preferences
        aloud = preferences.get("readEverything")
        lines = {name: each["lineHeight"] for name, each in SPACING_MEASURES.items()}
        return cls(
            theme=_one_of(THEMES, preferences.get("theme"), cls.theme),
            font=_one_of(FONTS, preferences.get("font"), cls.font),
            size=int(_nearest(SIZES, preferences.get("fontSize"), cls.size)),
            spacing=_nearest_name(lines, preferences.get("lineHeight"), cls.spacing),
            width=_nearest_name(WIDTH_MEASURES, preferences.get("columnWidth"), cls.width),
            voice=_one_of(VOICES, preferences.get("voice"), cls.voice),
            rate=_nearest(RATES, preferences.get("rate"), cls.rate),
            highlight=preferences.get("highlightWords") is not False,
            aloud=aloud if isinstance(aloud, bool) else student.reading_level <= LAST_GRADE_READ_TO,
        )

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def _one_of(known: Mapping[str, Any], chosen: Any, otherwise: str) -> str:
    return chosen if isinstance(chosen, str) and chosen in known else otherwise


def _nearest(steps: tuple[float, ...], chosen: Any, otherwise: float) -> float:
    if isinstance(chosen, bool) or not isinstance(chosen, int | float):
        return otherwise
    return min(steps, key=lambda step: abs(step - chosen))


def _nearest_name(steps: Mapping[str, float], chosen: Any, otherwise: str) -> str:
    if isinstance(chosen, bool) or not isinstance(chosen, int | float):
        return otherwise
    return min(steps, key=lambda name: abs(steps[name] - chosen))
