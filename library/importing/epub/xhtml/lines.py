"""Line ends within a paragraph: those of verse mean something, those of prose do not."""

from __future__ import annotations

from statistics import median

LINE_END = "\n"
_PROSE_FROM = 24  # letters in a line that no poem breaks in mid-sentence as a rule
_OPENING = "“\"‘'«([—–-… "


def joined_lines(text: str, *, verse: bool = False) -> list[str]:
    """The lines of ``text`` that are to stand as lines, none of them empty.

    Lines of about a page's width that go on in small letters are one line of prose.
    """
    lines = [line for line in (" ".join(part.split()) for part in text.split(LINE_END)) if line]
    if len(lines) > 1 and not verse and _is_prose(lines):
        return [" ".join(lines)]
    return lines


def _is_prose(lines: list[str]) -> bool:
    goes_on = sum(_first_letter(line).islower() for line in lines[1:])
    return goes_on == len(lines) - 1 and median(map(len, lines[:-1])) >= _PROSE_FROM


def _first_letter(line: str) -> str:
    return line.lstrip(_OPENING)[:1]
