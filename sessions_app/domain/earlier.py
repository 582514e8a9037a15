"""What a message that is committed already did, looked up so that it can be answered again."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..models import CheckpointAttempt, Event, EventKind, Interruption
from .audit import EventFacts, facts_of
from .hand.attempts import AttemptFacts, attempt_facts
from .hand.hand import Hand
from .questions import AnswerOutcome, QuestionFacts, outcome_of, question_facts


@dataclass(frozen=True, slots=True)
class EarlierQuestion:
    """The question that a message asked, and its end where it has one."""

    interruption_id: str
    facts: QuestionFacts
    outcome: AnswerOutcome | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """``kind`` is the log entry that the message left, None for one that left none (a place).
    ``attempts`` are the answers to ``checkpoint`` up to the message's own."""

    kind: EventKind | None = None
    facts: EventFacts = field(default_factory=EventFacts)
    question: EarlierQuestion | None = None
    checkpoint: int | None = None
    attempts: tuple[AttemptFacts, ...] = ()


def earlier_of(hand: Hand, client: str, client_id: int) -> Earlier:
    """What the message ``client_id`` of ``client`` did. Reads the database."""
    mine: dict[str, str | int] = {
        "session": hand.session_id,
        "client": client,
        "client_id": client_id,
    }
    event = Event.objects.filter(**mine).order_by("seq").first()
    if event is None:
        return Earlier()
    kind, facts = EventKind(event.kind), facts_of(event, hand.vault)
    if kind == EventKind.ASKED:
        return Earlier(kind, facts, question=_question(hand, mine))
    if kind == EventKind.CHECKPOINT:
        return _attempts(hand, kind, facts, mine)
    return Earlier(kind, facts)


def _question(hand: Hand, mine: dict[str, str | int]) -> EarlierQuestion | None:
    row = Interruption.objects.filter(**mine).first()
    if row is None:
        return None
    return EarlierQuestion(row.pk, question_facts(row, hand.vault), outcome_of(row, hand.vault))


def _attempts(
    hand: Hand, kind: EventKind, facts: EventFacts, mine: dict[str, str | int]
) -> Earlier:
    own = CheckpointAttempt.objects.filter(**mine).first()
    if own is None:
        return Earlier(kind, facts)
    rows = CheckpointAttempt.objects.filter(
        session=hand.session_id, checkpoint=own.checkpoint_id, number__lte=own.number
    )
    tried = tuple(attempt_facts(row, hand.vault) for row in rows.order_by("number"))
    return Earlier(kind, facts, checkpoint=own.checkpoint_id, attempts=tried)
