"""Marks that typists put into plain text: emphasis, pictures, notes, page numbers."""

from __future__ import annotations

import re

from ..left_out import Omissions

_PAIRS = [
    re.compile(
        rf"(?<![\w\\{sign}]){sign}{{{count}}}(?=\S)([^{sign}]{{1,600}}?)(?<=[^\s\\])"
        rf"{sign}{{{count}}}(?![\w{sign}])"
    )
    for sign, most in ((r"\*", 3), ("_", 3), ("=", 1), (r"\+", 1), (r"\~", 2))
    for count in range(most, 0, -1)
]
_SLASHED = re.compile(r"(?<![\w/.:])/(?=\w)([^/\n]{1,80}?)(?<=[\w!?.])/(?![\w/])")
_PICTURE = re.compile(
    r"\[(?:Illustration|Picture|Image|Frontispiece|Abbildung)\s*(?:[:.]\s*([^\[\]]*))?\]",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^[ \t]*\[(?:Foot|End)?note\s*([\w*†]{0,4}):?[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\][ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_TRANSCRIBER = re.compile(
    r"\[Transcriber[’']?s?['’]?\s+Notes?:?[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]", re.IGNORECASE
)
_SIDENOTE = re.compile(r"\[(?:Side|Margin)[- ]?note:?\s*([^\[\]]*)\]", re.IGNORECASE)
_PAGE = re.compile(r"[\[{](?:(?:Pg|Page|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})[\]}]", re.IGNORECASE)
_PAGE_SAID = re.compile(r"[\[{](?:Pg|Page|p\.)\s*\w{1,7}[\]}]\s?|\{\d{1,4}\}\s?", re.IGNORECASE)
_PLACE = 40  # letters of a place's text that a report shows


def without_notes(text: str, left_out: Omissions) -> str:
    """``text`` without footnotes and their marks, page numbers and transcribers' notes.

    A picture's place is left out; its caption stands in the text.
    """
    numbers: set[str] = set()

    def note(match: re.Match[str]) -> str:
        numbers.add(match[1] or "1")
        left_out.add("note", _beginning(match.group()), words=len(match.group().split()))
        return ""

    def transcribers(match: re.Match[str]) -> str:
        left_out.add(
            "transcriber’s note", _beginning(match.group()), words=len(match.group().split())
        )
        return ""

    def picture(match: re.Match[str]) -> str:
        caption = " ".join((match[1] or "").split())
        left_out.add("picture", caption[:_PLACE])
        return f"\n\n{caption}\n\n" if caption else ""

    text = _TRANSCRIBER.sub(transcribers, text)
    text = _NOTE.sub(note, text)
    text = _PICTURE.sub(picture, text)
    text = _SIDENOTE.sub(lambda match: f"\n\n{match[1]}\n\n", text)
    for number in numbers:
        text = re.sub(rf"(?<=\S)[ ]?\[{re.escape(number)}\]", "", text)
    pages = len(_PAGE_SAID.findall(text))
    if pages:
        left_out.add("page number", count=pages, words=pages)
        text = _PAGE_SAID.sub("", text)
    return text


def without_emphasis(text: str) -> str:
    """One paragraph without the marks around stressed words; what is no pair stays."""
    for pattern in _PAIRS:
        text = pattern.sub(r"\1", text)
    return _SLASHED.sub(r"\1", text)


def _beginning(text: str) -> str:
    return " ".join(text.split())[:_PLACE]
