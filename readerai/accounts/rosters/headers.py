"""What the columns of a school's sheet are called, in the languages that schools write in."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final


def _letters(text: str) -> str:
    """``text`` in small letters without signs, spaces and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def _lists() -> dict[str, dict[str, None]]:
    lines = Path(__file__).with_name("headers.txt").read_text(encoding="utf-8").splitlines()
    parts = [line.partition(":") for line in lines if not line.startswith("#")]
    return {key: dict.fromkeys(map(_letters, words.split(","))) for key, _, words in parts}


_LISTS: Final = _lists()
_ROLES: Final = ("student", "teacher")
_WHOSE: Final = _LISTS["whose"]
_COLUMN_OF: Final = {
    title: column
    for column, titles in _LISTS.items()
    if column not in ("whose", *_ROLES)
    for title in titles
}


def column_of(title: str) -> str:
    """Which column a header's cell is the title of; "" for one that nobody reads."""
    said = _letters(title)
    spaced = re.sub(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])", " ", title)  # firstName
    words = [_letters(word) for word in re.split(r"[\s_/.()’'-]+", spaced)]
    bare = "".join(word for word in words if word not in _WHOSE and word != "s")
    if bare or not said:
        return _COLUMN_OF.get(said) or _COLUMN_OF.get(bare, "")
    return "name"


def role_of(text: str) -> str:
    """“student”, also where nothing is said, or “teacher”; "" for any other word."""
    said = _letters(text)
    return next((role for role in _ROLES if said in _LISTS[role]), "" if said else "student")
