"""What single cells mean, and what is wrong with them."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError

_BEFORE_SCHOOL = {"kg", "k", "pk", "tk", "it", "pr", "kindergarten"}
_AFTER_SCHOOL = {"13", "ps"}


def parse_grade(text: str) -> tuple[int | None, str]:
    """A grade from 0 to 12 of what schools write: ``KG``, ``03``, ``3``, ``Grade 3``, ``04,05``.

    None where nothing is said, or something that is no grade of reading (``Other``, ``UG``). With
    it the reason why a number is none, empty where nothing is wrong.
    """
    first = text.replace(";", ",").split(",")[0].strip().casefold()
    first = first.removeprefix("grade").strip().removesuffix("grade").strip()
    if first in _BEFORE_SCHOOL:
        return 0, ""
    if first in _AFTER_SCHOOL:
        return 12, ""
    if not first or not first.isascii() or not first.isdigit():
        return None, ""
    if len(first) > 3 or int(first) > 12:
        return None, f"“{text[:20]}” is no grade from K to 12"
    return int(first), ""


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
