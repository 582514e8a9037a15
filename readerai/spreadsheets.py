"""Texts in files that people open with a spreadsheet program."""

from __future__ import annotations

from typing import Final

# The wide forms too: where Japanese or Chinese is written, they begin a formula as well.
_FORMULA: Final = (*"=+-@", *"\uff1d\uff0b\uff0d\uff20", *"\t\r\n")


def harmless(text: str) -> str:
    """A text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
