"""What an already committed message was, so that it can be answered again."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Event, EventKind, Interruption, Session
from . import audit, checkpoints, narration, questions
from .checkpoints import Result
from .interruptions import Asked
from .locked import vault_of
from .progress import Saved
from .queries import open_session
from .questions import AnswerFacts
from .reading import Playhead


@dataclass(frozen=True)
class Replay:
    """What a message did, as far as it did anything of its own, and how things stand now.

    ``kind`` is the log entry that it made, empty for one that made none (progress).
    """

    kind: str
    asked: Asked | None
    answer: AnswerFacts | None
    result: Result | None
    interruption_id: str | None
    playhead: Playhead
    saved: Saved
    status: str
    hand_raised: bool


def replay(*, session_id: str, client_id: int, checkpoint_id: str | None = None) -> Replay:
    """Look up a committed message of a session; nothing is written.

    ``checkpoint_id`` is the checkpoint that the message now names: an answer that came after
    the last try left nothing of its own, and is told how that checkpoint stands.
    """
    session = Session.objects.select_related("key", "student", "book").get(pk=session_id)
    opening = open_session(session)
    state = opening.state
    event = Event.objects.filter(session=session, client_id=client_id).order_by("seq").first()
    asked, answer = _question(session, client_id)
    cancelled = None
    if event is not None and event.kind == EventKind.CANCELLED:
        cancelled = audit.facts_of(event, opening.vault).interruption_id
    result = checkpoints.result_of_message(session_id=session_id, client_id=client_id)
    if result is None and event is None and asked is None and checkpoint_id is not None:
        result = checkpoints.standing_result(session_id=session_id, checkpoint_id=checkpoint_id)
    return Replay(
        kind=event.kind if event is not None else "",
        asked=asked,
        answer=answer,
        result=result,
        interruption_id=cancelled,
        playhead=Playhead(state.word_index, narration.timestamp(opening.book, state), state.rate),
        saved=Saved(state.word_index, state.furthest_word_index, round(state.active_seconds, 1)),
        status=session.status,
        hand_raised=session.hand_raised_at is not None,
    )


def _question(session: Session, client_id: int) -> tuple[Asked | None, AnswerFacts | None]:
    row = Interruption.objects.filter(session=session, client_id=client_id).first()
    if row is None:
        return None, None
    vault = vault_of(session)
    facts = questions.asked(row, vault)
    asked = Asked(row.pk, facts.paused_at_word_index, facts.paused_at_timestamp, fresh=False)
    answer = questions.answered(row, vault)
    if answer is None and row.status == Interruption.Status.CANCELLED:
        answer = AnswerFacts(error_code="cancelled")
    return asked, answer
