"""``STUDENT_INTERRUPTION``: the child asks. Committed, under a lease, before it is acknowledged."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final, Literal

from django.conf import settings
from msgspec import Struct

from ..domain.earlier import Earlier, EarlierQuestion
from ..domain.errors import Busy, Invalid, InvalidContext, LimitReached
from ..domain.hand.hand import Hand
from ..domain.hand.interruptions import add_question
from ..domain.questions import AskedQuestion, QuestionFacts
from ..models import EventKind
from ..protocol import server
from ..tutor.guard import Screening
from ..tutor.types import QuestionKind
from .base import (
    FollowAnswer,
    GiveAnswer,
    LongText,
    Message,
    Reply,
    Seconds,
    Text,
    WordIndex,
    reply,
)
from .distress import keep, screened_distress
from .question_errors import answer_end

HOUR: Final = dt.timedelta(hours=1)
_KINDS: Final[dict[str, QuestionKind]] = {"voice": "voice", "word": "word"}


class QuestionContext(Struct, frozen=True, rename="camel"):
    """Where the child was when they asked. ``book`` is any text: what is neither id nor title of
    the session's book is told so, however long."""

    current_word_index: WordIndex
    current_sentence: LongText
    book: LongText | None = None
    surrounding_text: LongText | None = None
    audio_timestamp: Seconds | None = None


class StudentInterruption(Message, frozen=True):
    type: ClassVar[str] = "STUDENT_INTERRUPTION"
    logged_as: ClassVar[frozenset[EventKind]] = frozenset({EventKind.ASKED})

    question_text: Text
    context: QuestionContext
    interruption_type: Literal["text", "voice", "word", "button", "gesture"] | None = None

    def apply(self, hand: Hand) -> Reply:
        if not self.question_text.strip():
            raise Invalid("questionText")
        distress = self._distress(hand)
        if distress is not None:
            at = self.context.current_word_index
            kind = _KINDS.get(self.interruption_type or "", "text")
            return keep(hand, self.question_text, distress, kind=kind, at=at)
        hand.require_active()
        self._check_context(hand)
        if hand.open_question is not None:
            raise Busy
        _check_limit(hand)
        hand.state.is_playing = False
        hand.rest()
        facts = self._facts(hand)
        row = add_question(hand, facts)
        asked = AskedQuestion(row.pk, hand.session_id, row.number, row.client, row.client_id, facts)
        return reply(
            server.PauseAudio("student_interruption", hand.state.word_index, hand.audio_timestamp),
            server.InterruptionAcknowledged(row.pk, hand.state.word_index, hand.audio_timestamp),
            effects=(GiveAnswer(asked),),
        )

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        if earlier.question is None:
            raise Invalid("questionText")
        return _acknowledged_again(earlier.question)

    def _check_context(self, hand: Hand) -> None:
        """A question moves nothing, and cannot look past the chapter that holds the furthest
        word."""
        book, named = hand.book, self.context.book
        ours = {book.slug.casefold(), book.title.strip().casefold()}
        if named is not None and named.strip().casefold() not in ours:
            raise InvalidContext
        hand.require_in_book(self.context.current_word_index, "context.currentWordIndex")
        if self.context.current_word_index > book.chapter_end(hand.state.furthest_word_index):
            raise InvalidContext

    def is_distress(self, hand: Hand) -> bool:
        return self._distress(hand) is not None

    def _distress(self, hand: Hand) -> Screening | None:
        touched = self.interruption_type == "word"
        return screened_distress(hand, self.question_text, self._sentence(hand), touched=touched)

    def _sentence(self, hand: Hand) -> str:
        """The book's sentence there; what the client says it is could be anything."""
        at = self.context.current_word_index
        return hand.book.sentence_text(at) if at < hand.book.word_count else ""

    def _facts(self, hand: Hand) -> QuestionFacts:
        context = self.context
        return QuestionFacts(
            text=self.question_text.strip(),
            kind=_KINDS.get(self.interruption_type or "", "text"),
            word_index=context.current_word_index,
            sentence=context.current_sentence,
            visible_to_word_index=hand.book.sentence_span(context.current_word_index)[1],
            paused_at_word_index=hand.state.word_index,
            paused_at_timestamp=hand.audio_timestamp,
            surrounding_text=context.surrounding_text,
        )


def _check_limit(hand: Hand) -> None:
    if not settings.READERAI_RATE_LIMITS:
        return
    while hand.asked_at and hand.now - hand.asked_at[0] > HOUR:
        hand.asked_at.popleft()
    if len(hand.asked_at) >= settings.READERAI_QUESTIONS_PER_HOUR:
        raise LimitReached


def _acknowledged_again(question: EarlierQuestion) -> Reply:
    facts = question.facts
    acknowledged = server.InterruptionAcknowledged(
        question.interruption_id, facts.paused_at_word_index, facts.paused_at_timestamp
    )
    if question.outcome is None:
        return reply(acknowledged, effects=(FollowAnswer(question.interruption_id),))
    return reply(acknowledged, answer_end(question.interruption_id, question.outcome))
