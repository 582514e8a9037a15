"""``CHECKPOINT_ANSWER``: what the child says to a checkpoint's question, marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from library.book_structure import CheckpointPlace

from ..domain.earlier import Earlier
from ..domain.errors import Invalid, Refused
from ..domain.hand.attempts import AttemptFacts, may_retry
from ..domain.hand.hand import Hand
from ..domain.scoring import is_choice, mark
from ..models import EventKind
from ..protocol import server
from ..tutor.concern import NO_CONCERN
from ..tutor.guard import Screening, reply_to
from .base import Message, Name, Reply, Text, reply
from .distress import keep, screened_distress
from .playhead import progress_saved

HINT = "Not quite. Look at that part once more, and try again."


class CheckpointAnswer(Message, frozen=True):
    type: ClassVar[str] = "CHECKPOINT_ANSWER"
    logged_as: ClassVar[frozenset[EventKind]] = frozenset({EventKind.CHECKPOINT})

    checkpoint_id: Name
    answer: Text

    def apply(self, hand: Hand) -> Reply:
        distress = self._distress(hand)
        try:
            return self._scored(hand, distress)
        except Refused:
            if distress is None:
                raise
        return keep(hand, self.answer, distress, at=hand.state.word_index)

    def is_distress(self, hand: Hand) -> bool:
        return self._distress(hand) is not None

    def _distress(self, hand: Hand) -> Screening | None:
        """A kind answer to what is written by a child in trouble; a choice is the book's words."""
        place = hand.book.checkpoint(self.checkpoint_id)
        if place is None:
            return screened_distress(hand, self.answer, "")
        if place.choices and is_choice(self.answer, place.choices):
            return None
        return screened_distress(hand, self.answer, f"{place.question} {place.explanation}")

    def _scored(self, hand: Hand, distress: Screening | None) -> Reply:
        hand.require_active()
        place = self._reached(hand)
        if place.choices and not is_choice(self.answer, place.choices):
            raise Invalid("answer")
        attempts = hand.attempts.get(place.pk, [])
        if attempts and not may_retry(attempts) and distress is not None:
            return keep(hand, self.answer, distress, at=hand.state.word_index)
        if not attempts or may_retry(attempts):
            marked = mark(
                self.answer, choices=place.choices, right=place.answer, ideas=place.accept
            )
            concern = NO_CONCERN if distress is None else distress.concern
            facts = AttemptFacts(self.answer, marked.correct, marked.score, concern)
            attempts = hand.add_attempt(place, facts)
        return reply(result(hand, place, attempts))

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        for place in hand.book.checkpoints:
            if place.pk == earlier.checkpoint and earlier.attempts:
                return reply(result(hand, place, earlier.attempts))
        return reply(progress_saved(hand))

    def answer_as_it_stands(self, hand: Hand) -> Reply:
        """An answer that came after the last try left nothing of its own."""
        place = hand.book.checkpoint(self.checkpoint_id)
        if place is None or not hand.attempts.get(place.pk):
            return reply(progress_saved(hand))
        return reply(result(hand, place, hand.attempts[place.pk]))

    def _reached(self, hand: Hand) -> CheckpointPlace:
        place = hand.book.checkpoint(self.checkpoint_id)
        if place is None or place.at_word > hand.state.furthest_word_index:
            raise Invalid("checkpointId")
        return place


def result(
    hand: Hand, place: CheckpointPlace, attempts: Sequence[AttemptFacts]
) -> server.CheckpointResult:
    """How the last of these answers was received. While there is a further try, the explanation
    is a hint that does not hold the answer; a child in trouble reads a kind answer there."""
    again, last = may_retry(attempts), attempts[-1]
    explanation = HINT if again else place.explanation
    if last.concern.is_distress:
        explanation = reply_to(last.concern, last.answer, grade=hand.grade, helpline=hand.helpline)
    return server.CheckpointResult(
        checkpoint_id=place.slug,
        correct=attempts[-1].correct,
        score=attempts[-1].score,
        explanation=explanation,
        attempts=len(attempts),
        may_retry=again,
    )
