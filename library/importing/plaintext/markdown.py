"""Markdown as the plain text that it stands for; its headings keep their ``#``."""

from __future__ import annotations

import re

from ..left_out import Omissions
from .marks import without_emphasis

_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_SETEXT = re.compile(r"^[ ]{0,3}(\S[^\n]{0,200})\n[ ]{0,3}(=+|-{3,})[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[([^\[\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])")
_REFERENCE = re.compile(r"^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]+\S[^\n]*$", re.MULTILINE)
_NOTE = re.compile(r"^[ ]{0,3}\[\^([^\]\n]+)\]:[^\n]*(?:\n(?:[ \t]+\S[^\n]*))*", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[^\]\n]+\]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ITEM = re.compile(r"^[ \t]{0,12}(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]{0,12}[-*+][ \t]+(?=\S)", re.MULTILINE)
_QUOTED = re.compile(r"^[ ]{0,3}(?:>[ ]?)+", re.MULTILINE)
_RULE = re.compile(r"^[ ]{0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$", re.MULTILINE)
_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~)[^\n]*$", re.MULTILINE)
_CLOSING = re.compile(r"^(#{1,6}[ \t]+[^\n]*?)[ \t]+#+[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"^(#{1,6}[ \t]+[^\n]*?)[ \t]*\{[#.][^}\n]*\}[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^\n]{1,400}?)(?<!`)\1(?!`)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")


def is_markdown(text: str) -> bool:
    """Whether a text has headings of Markdown's own kind, which plain text has not."""
    return bool(_HEADING.search(text) or _SETEXT.search(text))


def as_plain(text: str, left_out: Omissions) -> str:
    """The text of a Markdown file: links as their words, lists as lines, pictures left out."""
    text = _COMMENT.sub("", text) if "-->" in text else text
    text = _RULE.sub("", _SETEXT.sub(_marked, text))
    for note in _NOTE.findall(text):
        left_out.add("note", note, words=0)
    text = _NOTE_MARK.sub("", _NOTE.sub("", text))

    def linked(match: re.Match[str]) -> str:
        if not match[1]:
            return match[2]
        left_out.add("picture", match[2][:40], words=len(match[2].split()))
        return ""

    text = _REFERENCE.sub("", _LINK.sub(linked, text))
    text = _ATTRIBUTES.sub(r"\1", _CLOSING.sub(r"\1", _FENCE.sub("", text)))
    text = _CODE.sub(r"\2", _QUOTED.sub("", text))
    # Each item of a list is a paragraph; a bullet is no part of it, a number is.
    text = _BULLET.sub("", _ITEM.sub(lambda match: f"\n{match.group().strip()} ", text))
    return _TAG.sub("", text)


def without_marks(text: str) -> str:
    """One paragraph without the marks of stress; a sign behind a backslash is that sign."""
    return _ESCAPED.sub(r"\1", without_emphasis(text))


def _marked(match: re.Match[str]) -> str:
    return f"{'#' if match[2].startswith('=') else '##'} {match[1].strip()}"
