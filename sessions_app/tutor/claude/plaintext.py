"""A model's text as it streams in, made plain: no Markdown, no HTML, no addresses.

Markers may be cut anywhere between two pieces, so whatever could still become one is held back
until the next piece, or the end, decides. What a piece costs grows with its length and no faster:
every repetition below has a bound or can begin in one place only.
"""

import re

_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,300}>")
_OPEN_TAG = re.compile(r"<(?:/?[A-Za-z!][^<>]{0,300})?$")
_LINK_TARGET = re.compile(r"\]\([^)\s]{0,400}\)")
_ADDRESS = re.compile(
    r"(?:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}://|www\.)\S{0,400}[^\s.,;:!?)\]]"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|net|io|edu|gov|info|co|de|uk)\b"
    r"(?:/\S{0,400}[^\s.,;:!?)])?",
    re.IGNORECASE,
)
_LINE_MARKER = re.compile(r"(?m)^[ \t]*(?:#{1,6}|[-*+•>]|\d{1,2}[.)])[ \t]+")
_RULE = re.compile(r"(?m)^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,}|```\w*)[ \t]*$")
_EMPHASIS = re.compile(r"\*+|`+|__+|~~+|(?<![^\W_])_|_(?![^\W_])")
_BRACKETS = re.compile(r"[\[\]]")
_GAPS = re.compile(r"(?<![ \t])[ \t]*\n[ \t\n]*")
_LONGEST_HELD = 400


class PlainText:
    """Feed pieces, get plain text that may go out; `finish` gives the rest."""

    def __init__(self) -> None:
        self._held = ""
        self._started = False
        self._at_line_start = True
        self._gap = ""

    def feed(self, piece: str) -> str:
        """Plain text that is certain by now: whole words only."""
        parts = range(0, len(piece), _LONGEST_HELD)
        return "".join(self._feed(piece[at : at + _LONGEST_HELD]) for at in parts)

    def _feed(self, piece: str) -> str:
        self._held += piece
        cut = self._certain_up_to()
        ready, self._held = self._held[:cut], self._held[cut:]
        return self._plain(ready)

    def finish(self) -> str:
        """What was held back, when nothing more comes."""
        ready, self._held = self._held, ""
        return self._plain(ready)

    def _certain_up_to(self) -> int:
        """The end of the last whole word that is not inside a tag or behind a line's marker."""
        if len(self._held) > _LONGEST_HELD:
            return len(self._held)
        cut = max(self._held.rfind(" "), self._held.rfind("\n"))
        if cut < 0:
            return 0
        open_tag = _OPEN_TAG.search(self._held[:cut])
        if open_tag is not None:
            cut = open_tag.start()
        line = self._held.rfind("\n", 0, cut) + 1
        only_marker = re.fullmatch(
            r"[ \t]*(?:#{1,6}|[-*+•>]|\d{1,2}[.)])?[ \t]*", self._held[line:cut]
        )
        if only_marker is not None and (line > 0 or self._at_line_start):
            cut = max(line - 1, 0)
        return cut

    def _plain(self, text: str) -> str:
        if not text:
            return ""
        # Leading text of a piece is only a line's start where the last piece ended a line.
        guard = "" if self._at_line_start else "\0"
        self._at_line_start = text.endswith("\n")
        text = _TAG.sub("", guard + text.replace("\0", ""))
        text = _RULE.sub("", text)
        text = _LINE_MARKER.sub("", text)
        text = _LINK_TARGET.sub("", text)
        text = _ADDRESS.sub("", text)
        text = _EMPHASIS.sub("", text)
        text = _BRACKETS.sub("", text)
        return self._joined(text.replace("\0", ""))

    def _joined(self, text: str) -> str:
        """`text` with single gaps, also across pieces, and none at the very start or end."""
        text = self._gap + text
        text = re.sub(r"[ \t]{2,}", " ", _GAPS.sub("\n", text))
        text = re.sub(r" (?=[.,;:!?](?:\s|$))", "", text)
        if not self._started:
            text = text.lstrip()
        body = text.rstrip()
        self._gap = text[len(body) :] if body or not self._started else text
        if body:
            self._started = True
        return body
