"""What is wrong with a sentence that a model wrote, if anything is."""

import re
from typing import Literal

from ..guard import screen_answer
from ..types import Question
from . import quotations
from .languages import is_other_language
from .level import is_too_hard
from .never_said import breaks_rule
from .proper_names import is_everybodys

MissKind = Literal["unfit", "ahead", "name", "quotation", "hard", "language", "never said"]

#: A sentence is screened with so much of what stands before it.
_SCREENED_BEFORE = 200
#: For runs of words that begin in the sentence before.
_RUN_BEFORE = 80
_CAPITALS = re.compile(r"[^\W\d_]+")


class Miss(Exception):
    """A sentence that no child may be shown. It holds no word of it."""

    def __init__(self, kind: MissKind) -> None:
        super().__init__(kind)
        self.kind: MissKind = kind


class AnswerCheck:
    """Looks at one answer, sentence by sentence; what one costs does not grow with the answer."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._asked = {word.casefold() for word in _CAPITALS.findall(_said(question))}
        self._before = ""

    def look_at(self, sentence: str) -> None:
        """Take in the next sentence. Raises `Miss`."""
        if not sentence.strip():
            return
        if screen_answer(self._before[-_SCREENED_BEFORE:] + sentence) is not None:
            raise Miss("unfit")
        self._against_the_book(sentence)
        if breaks_rule(sentence):
            raise Miss("never said")
        own = quotations.without(sentence)
        if is_too_hard(own, self._question):
            raise Miss("hard")
        self._before = (self._before + sentence)[-_SCREENED_BEFORE:]
        if is_other_language(quotations.without(self._before), self._question):
            raise Miss("language")

    def _against_the_book(self, sentence: str) -> None:
        unread = self._question.unread
        if unread is not None:
            if unread.holds_run(self._before[-_RUN_BEFORE:] + sentence):
                raise Miss("ahead")
            for name in unread.names_in(sentence):
                if name not in self._asked and not is_everybodys(name):
                    raise Miss("name")
        if quotations.invented(sentence, self._question):
            raise Miss("quotation")


def _said(question: Question) -> str:
    """What the child and the book's cover say: names in it are known."""
    earlier = " ".join(exchange.question for exchange in question.earlier)
    return f"{question.text} {earlier} {question.book_title} {question.author}"
