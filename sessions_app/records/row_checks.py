"""Whether a session's rows are those that its log tells of, and no others: both ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..domain.audit import facts_of
from ..domain.hand.commit import stored_digest
from ..domain.hand.loading import open_state, vault_of
from ..domain.hand.state import ReadingState
from ..domain.row_digests import (
    attempt_digest,
    question_digest,
    spans_digest,
    stored_end_digest,
)
from ..models import CheckpointAttempt, Event, EventKind, Interruption, ReadingSpan, Session
from ..vault import Vault, VaultError

#: The first bad entry, or None where no entry is meant; and what is wrong.
Fault = tuple[int | None, str]

_ENDS: Final = (EventKind.ANSWERED, EventKind.FAILED, EventKind.CANCELLED)
#: What an entry tells of: a question asked, a question's end, an answer to a checkpoint.
_Place = tuple[str, str, int]


def row_faults(session: Session) -> Iterator[Fault]:
    """What is wrong with the rows of a session whose log is sound, and which is not erased."""
    vault = vault_of(session)
    try:
        state = open_state(session, vault)
        told = _told(session, vault)
    except VaultError:
        yield None, "what is sealed of it does not open"
        return
    if state.row_digest != stored_digest(session):
        yield None, "its row is not what was written"
    yield from _span_faults(session, state)
    for place, stored in _stored(session):
        seq, digest = told.pop(place, (None, None))
        if seq is None:
            yield None, f"the log does not know of {place[0]} {place[1]}"
        elif digest != stored:
            yield seq, f"{place[0]} {place[1]} is not what was written"
    for (what, name, _), (seq, _) in told.items():
        yield seq, f"{what} {name} is missing"


def _told(session: Session, vault: Vault) -> dict[_Place, tuple[int, bytes]]:
    """The rows that the log tells of: the entry, and the digest that it holds."""
    told: dict[_Place, tuple[int, bytes]] = {}
    entries = Event.objects.filter(session=session, row_digest__isnull=False).order_by("seq")
    for event in entries.iterator():
        facts = facts_of(event, vault)
        if event.kind == EventKind.CHECKPOINT:
            place = ("answer", str(facts.checkpoint_id), facts.attempts or 0)
        elif event.kind in _ENDS:
            place = ("end of", str(facts.interruption_id), 0)
        else:
            place = ("question", str(facts.interruption_id), 0)
        told[place] = event.seq, bytes(event.row_digest or b"")
    return told


def _stored(session: Session) -> Iterator[tuple[_Place, bytes]]:
    """The rows that there are, and their digests."""
    for row in Interruption.objects.filter(session=session).order_by("number"):
        yield ("question", row.pk, 0), question_digest(row)
        if row.status != Interruption.Status.PENDING:
            yield ("end of", row.pk, 0), stored_end_digest(row)
    attempts = CheckpointAttempt.objects.filter(session=session).select_related("checkpoint")
    for attempt in attempts.order_by("checkpoint_id", "number"):
        yield ("answer", attempt.checkpoint.slug, attempt.number), attempt_digest(attempt)


def _span_faults(session: Session, state: ReadingState) -> Iterator[Fault]:
    digest = b""
    for span in ReadingSpan.objects.filter(session=session).order_by("number").iterator():
        digest = spans_digest(digest, span)
    if digest != state.spans_digest:
        yield None, "its reading spans are not what was written"
