"""A title set in lines that fit, whatever font the reader's machine has."""

from __future__ import annotations

from xml.sax.saxutils import escape

FONT = "Lexend, 'Avenir Next', 'Trebuchet MS', 'Segoe UI', Verdana, 'DejaVu Sans', sans-serif"
_NARROW = frozenset("iljtfrI.,:;!'’‘“”-()[] ")
_WIDE = frozenset("mwMWQOG@—")
_SIZES = (92, 84, 76, 68, 60, 54, 48, 42, 36, 31, 27)
_LINES = 5


def text_width(text: str, size: float) -> float:
    """About how wide ``text`` is in a bold sans-serif; rather too wide than too narrow."""
    units = sum(0.4 if c in _NARROW else 0.98 if c in _WIDE else 0.7 for c in text)
    return units * size


def set_title(title: str, width: float, height: float) -> tuple[list[str], int]:
    """The lines of a title and their size, as large as fits the box."""
    words = title.split()
    for size in _SIZES:
        lines = _lines(words, width, size)
        fits = len(lines) <= _LINES and len(lines) * size * 1.16 <= height
        if fits and all(text_width(line, size) <= width for line in lines):
            return _balanced(words, lines, width, size), size
    lines = _lines(words, width, _SIZES[-1])
    room = max(1, int(height / (_SIZES[-1] * 1.16)))
    if len(lines) > room:
        lines = [*lines[: room - 1], _cut(lines[room - 1], width - 30) + "…"]
    return [_cut(line, width) for line in lines], _SIZES[-1]


def _lines(words: list[str], width: float, size: float) -> list[str]:
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _balanced(words: list[str], lines: list[str], width: float, size: float) -> list[str]:
    """As many lines, but of more even lengths: no word is left alone at the end."""
    best = lines
    narrower = width
    while narrower > width * 0.45:
        narrower -= width * 0.05
        again = _lines(words, narrower, size)
        if len(again) != len(lines) or any(text_width(line, size) > narrower for line in again):
            break
        best = again
    return best


def _cut(line: str, width: float) -> str:
    while line and text_width(line, _SIZES[-1]) > width:
        line = line[:-1]
    return line.rstrip()


def text_element(text: str, x: float, y: float, size: float, fill: str, weight: int) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FONT}" font-size="{size:g}" '
        f'font-weight="{weight}" fill="{fill}" text-anchor="middle">{escape(text)}</text>'
    )
