"""What single cells mean, and what is wrong with them."""

from __future__ import annotations

import re
import unicodedata

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

_BEFORE_SCHOOL = {
    "kg", "k", "pk", "prek", "tk", "it", "pr", "kindergarten", "kinder", "reception", "foundation",
    "preschool", "nursery", "prekindergarten", "transitionalkindergarten", "infantil", "maternelle",
    "vorschule",
}  # fmt: skip
_AFTER_SCHOOL = {"13", "ps"}
_ORDINALS = (
    ("one", "first"), ("two", "second"), ("three", "third"), ("four", "fourth"), ("five", "fifth"),
    ("six", "sixth"), ("seven", "seventh"), ("eight", "eighth"), ("nine", "ninth"),
    ("ten", "tenth"), ("eleven", "eleventh"), ("twelve", "twelfth"),
)  # fmt: skip
_NUMBERS = {word: number for number, words in enumerate(_ORDINALS, start=1) for word in words}
_SAID = re.compile(r"\D{0,30}?(\d+)(?:\.0)?\D{0,30}")


def parse_grade(text: str) -> tuple[int | None, str]:
    """A grade from 0 to 12 of what schools write: ``KG``, ``03``, ``3rd``, ``Year 3``, ``third``.

    The number that a school's year has is taken as it stands. Of several grades (``04,05``,
    ``K-1``) it is the first. None where nothing is said, or something that is no grade of reading
    (``Other``, ``UG``). With it the reason why a number is none, empty where nothing is wrong.
    """
    whole = unicodedata.normalize("NFKC", text).casefold()
    first = re.split(r"[,;/&+]|(?<=\w)\s*[-–]\s*(?=\d)", whole)[0].strip()
    words = re.findall(r"[^\W_]+", first)
    if first in _AFTER_SCHOOL:
        return 12, ""
    if words and (_BEFORE_SCHOOL & {"".join(words), words[0], words[-1]}):
        return 0, ""
    counted = [_NUMBERS[word] for word in words if word in _NUMBERS]
    said = _SAID.fullmatch(first)
    if not counted and said is None:
        return None, ""
    number = counted[0] if counted else int(said[1][:4]) if said is not None else 0
    if number == 13:
        return 12, ""
    if number > 12:
        return None, f"“{text[:20]}” is no grade from K to 12"
    return number, ""


def unfit(text: str, longest: int, *, required: bool = False) -> str:
    """Why this cannot be a name or an id; empty where it can."""
    if required and not text:
        return "it is empty"
    if len(text) > longest:
        return f"it is longer than {longest} characters"
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"} for letter in text):
        return "it holds a character that cannot be printed"
    return ""


def unfit_username(text: str) -> str:
    """Why nobody can sign in by this name; empty where they can, and where there is none."""
    if len(text) > 150:
        return "it is longer than 150 characters"
    if not text:
        return ""
    try:
        UnicodeUsernameValidator()(text)
    except ValidationError:
        return "it may hold letters, digits and @ . + - _ only"
    return ""
