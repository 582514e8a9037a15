"""A model's text as it streams in, parted from the line about the child that it begins with."""

from __future__ import annotations

from ..guard.model_concern import ModelConcern, needs_more, parse_answer, stray_concern
from .plaintext import PlainText


class MarkedText:
    """Feed pieces, get plain text that may go out; `concern` is known before the first of
    it where the model keeps to its instructions, and by the end where it says it elsewhere."""

    def __init__(self) -> None:
        self.concern = ModelConcern()
        self._plain = PlainText()
        self._raw = ""
        self._begun = False

    def feed(self, piece: str) -> str:
        """Plain text that is certain by now."""
        self._raw += piece
        if self._begun:
            return self._plain.feed(piece)
        return "" if needs_more(self._raw) else self._begin()

    def finish(self) -> str:
        """What was held back, when nothing more comes."""
        rest = (self._begin() if not self._begun else "") + self._plain.finish()
        if self.concern.level == "none":
            self.concern = stray_concern(self._raw)
        return rest

    def _begin(self) -> str:
        self._begun = True
        self.concern, text = parse_answer(self._raw)
        return self._plain.feed(text)
