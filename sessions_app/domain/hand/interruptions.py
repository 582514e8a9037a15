"""The child's questions in the session in hand: asked, answered at once, taken back."""

from __future__ import annotations

from ...models import ConcernSeverity, EventKind, Interruption
from ...tutor.types import Answer
from .. import questions
from ..audit import EventFacts
from ..questions import AnswerOutcome, QuestionFacts
from ..row_digests import end_digest, question_digest, stored_end_digest
from .hand import Hand


def add_question(hand: Hand, facts: QuestionFacts) -> Interruption:
    """A new question, pending, leased to this server."""
    row = _new_question(hand, facts)
    row.lease_server = hand.server
    hand.open_question = row.pk
    hand.asked_at.append(hand.now)
    return row


def add_answered(hand: Hand, facts: QuestionFacts, answer: Answer) -> Interruption:
    """A question with its answer: whatever else is open stays open, and no limit counts it."""
    row = _new_question(hand, facts)
    row.status, row.ended_at, row.lease_until = Interruption.Status.ANSWERED, hand.now, None
    row.concern = answer.concern.severity
    outcome = AnswerOutcome(answer)
    row.sealed_answer = hand.vault.seal(questions.TABLE, "sealed_answer", row.pk, outcome)
    told = EventFacts(interruption_id=row.pk)
    hand.log.append(EventKind.ANSWERED, hand.now, told, row=stored_end_digest(row))
    if answer.concern.is_marked:
        hand.log.append(EventKind.FLAGGED, hand.now, told)
    return row


def _new_question(hand: Hand, facts: QuestionFacts) -> Interruption:
    hand.questions_asked += 1
    row = questions.new_row(
        hand.session_id, hand.vault, facts, number=hand.questions_asked, now=hand.now
    )
    row.client = hand.client if hand.message_id is not None else ""
    row.client_id = hand.message_id
    hand.changes.question = row
    asked = question_digest(row)
    hand.record(EventKind.ASKED, row=asked, word_index=facts.word_index, interruption_id=row.pk)
    return row


def cancel_question(hand: Hand, *, in_passing: bool = False) -> None:
    """Take the open question back, where there is one; ``in_passing`` where the message at
    work is about something else."""
    if hand.open_question is None:
        return
    hand.changes.cancelled = hand.open_question
    end = end_digest(
        hand.open_question,
        status=Interruption.Status.CANCELLED,
        ended_at=hand.now,
        concern=ConcernSeverity.NONE,
    )
    hand.log.append(
        EventKind.CANCELLED,
        hand.now,
        EventFacts(interruption_id=hand.open_question),
        client=hand.client,
        client_id=None if in_passing else hand.message_id,
        row=end,
    )
    hand.cancelled.add(hand.open_question)
    hand.open_question = None
