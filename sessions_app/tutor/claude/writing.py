"""One answer while the model writes it: made plain, cut into sentences, each looked at."""

import re

from ..checking import AnswerCheck, SentenceBuffer
from ..guard import ModelConcern
from ..types import AnswerBlocked, Question, TutorUnavailable
from .marked_text import MarkedText
from .role import band_of

#: An answer may have so many times the words that the child's band asks for; then it ends.
_PATIENCE = 1.6
_SENTENCE_END = re.compile(r"[.!?…。！？][”\"'’)]*$")
_FINISHED = frozenset({"end_turn", "stop_sequence"})
_RAN_OUT = frozenset({"max_tokens", "model_context_window_exceeded"})


class AnswerWriting:
    """`text` is what may be shown so far."""

    def __init__(self, question: Question) -> None:
        self.text = ""
        self._marked = MarkedText()
        self._sentences = SentenceBuffer()
        self._check = AnswerCheck(question)
        self._most_words = int(band_of(question.reading_level).words * _PATIENCE)

    @property
    def concern(self) -> ModelConcern:
        """What the model thinks of the child's words, as far as it has said so."""
        return self._marked.concern

    @property
    def is_enough(self) -> bool:
        """Whether nothing more of it is wanted: too long, or somebody else has to answer."""
        return self.concern.level == "grave" or len(self.text.split()) >= self._most_words

    def feed(self, piece: str) -> str:
        """What may be shown of it now. Raises `Miss`."""
        ready = self._marked.feed(piece)
        if self.concern.level == "grave":
            return ""  # what the child reads is ours
        shown = ""
        for sentence in self._sentences.feed(ready):
            if self.is_enough:
                break
            self._check.look_at(sentence)
            self.text += sentence
            shown += sentence
        return shown

    def finish(self, stop_reason: str | None) -> str:
        """The rest that may be shown, when nothing more comes. Raises `Miss`, and `AnswerBlocked`
        or `TutorUnavailable` where this is no answer."""
        if self.is_enough:
            return ""
        whole = self._sentences.feed(self._marked.finish())
        rest = "".join(whole) + self._sentences.finish()
        if self.concern.level == "grave":
            return ""
        self._require_end(stop_reason, rest)
        if stop_reason in _RAN_OUT and _SENTENCE_END.search(rest.rstrip()) is None:
            ended = "".join(whole)
            rest = ended if self.text or ended else f"{rest}…"
        self._check.look_at(rest)
        self.text += rest
        return rest

    def _require_end(self, stop_reason: str | None, rest: str) -> None:
        if stop_reason == "refusal":
            raise AnswerBlocked("the model declined")
        if stop_reason not in _FINISHED | _RAN_OUT:
            raise TutorUnavailable("the answer broke off")
        if not (self.text + rest).strip():
            raise TutorUnavailable("the answer was empty")
