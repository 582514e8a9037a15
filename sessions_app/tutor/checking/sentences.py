"""A stream of plain text, handed on by whole sentences, so that each can be looked at first."""

import re

#: A sentence longer than this is handed on in parts, or a child would wait for its end.
LONGEST_HELD = 300
_END = re.compile(r"[.!?…][.!?…”\"'’)]*(?=\s)|\n|[。！？]+[」』”]*")
_NO_END = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|[A-Z])\.$")


class SentenceBuffer:
    """Feed pieces, get the text of whole sentences; `finish` gives the rest."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> list[str]:
        """What is whole by now, with the gaps before it. An open quotation holds its sentence."""
        self._held += piece
        whole: list[str] = []
        start = 0
        for end in _END.finditer(self._held):
            text = self._held[start : end.end()]
            if _NO_END.search(text) is None and not _is_open(text):
                whole.append(text)
                start = end.end()
        self._held = self._held[start:]
        while len(self._held) > LONGEST_HELD:
            cut = self._held.rfind(" ", 1, LONGEST_HELD)
            cut = cut if cut > 0 else LONGEST_HELD
            whole.append(self._held[:cut])
            self._held = self._held[cut:]
        return whole

    def finish(self) -> str:
        """What was held back, when nothing more comes."""
        rest, self._held = self._held, ""
        return rest


def _is_open(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1
