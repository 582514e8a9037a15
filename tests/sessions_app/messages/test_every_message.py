"""What must be true of every message, whichever it is: generated from the list of messages."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from readerai.clock import db_now
from sessions_app.domain import audit
from sessions_app.domain.errors import Conflict, NotActive, SessionNotFound, StaleOwner
from sessions_app.domain.hand.commit import commit, snapshot
from sessions_app.domain.hand.loading import hold, read_anew
from sessions_app.domain.presence.connecting import connect
from sessions_app.messages import (
    MESSAGES,
    CancelInterruption,
    CompleteSession,
    Heartbeat,
    Message,
    PauseSession,
    RaiseHand,
)
from sessions_app.messages.base import GiveAnswer, Reply
from sessions_app.messages.dispatch import apply, perform
from sessions_app.models import (
    CheckpointAttempt,
    Event,
    EventKind,
    Interruption,
    Session,
    SessionKey,
)
from tests.sessions_app.acting import connect_to
from tests.sessions_app.cast import AT_GLIMMER, Cast, sign_in, start

from .examples import EXAMPLES

MAY_WHILE_PAUSED = {
    "CANCEL_INTERRUPTION",
    "RAISE_HAND",
    "LOWER_HAND",
    "PAUSE_SESSION",
    "RESUME_SESSION",
    "COMPLETE_SESSION",
    "HEARTBEAT",
}
MAY_WHEN_COMPLETED = {"COMPLETE_SESSION", "HEARTBEAT"}

every_message = pytest.mark.parametrize("kind", MESSAGES)


@pytest.fixture
def session(cast: Cast) -> Session:
    return start(cast.alice, cast.lamp, AT_GLIMMER)


def example(kind: str, session: Session) -> Message:
    """The message; what it needs to be sent is done before."""
    message = EXAMPLES[kind]
    if not isinstance(message, CancelInterruption):
        return message
    [effect] = perform(session.pk, EXAMPLES["STUDENT_INTERRUPTION"]).effects
    assert isinstance(effect, GiveAnswer)
    return CancelInterruption(interruption_id=effect.interruption_id)


def stored(session: Session) -> tuple[object, ...]:
    """Everything that is kept of a session, but for when it was last touched."""
    row = Session.objects.get(pk=session.pk)
    state = hold(session.pk).state
    state.row_digest = b""  # which covers that, too
    return (
        row.status,
        row.hand_raised_at,
        row.committed_ids,
        row.log_length,
        state,
        list(Event.objects.filter(session=row).values_list("kind", "client", "client_id")),
        list(CheckpointAttempt.objects.filter(session=row).values_list("number", "client_id")),
        list(Interruption.objects.filter(session=row).values_list("pk", "client_id", "status")),
    )


def frames(answer: Reply) -> list[tuple[str, object]]:
    """Of an answer what a child sees, less what only the first time is said."""
    return [(frame.type, frame) for frame in answer.frames if frame.type != "PAUSE_AUDIO"]


def test_every_message_has_an_example() -> None:
    assert set(EXAMPLES) == set(MESSAGES)


@every_message
def test_message_sent_again_is_answered_alike_and_changes_nothing(
    session: Session, kind: str
) -> None:
    message = example(kind, session)
    first = perform(session.pk, message, client="tablet", message_id=7)
    before = stored(session)
    again = perform(session.pk, message, client="tablet", message_id=7)
    assert stored(session) == before
    assert again.frames
    if kind != "READING_PROGRESS":  # which is answered when it is saved with everybody's
        assert frames(again) == frames(first)
    assert "tablet=7" in Session.objects.get().committed_ids


@every_message
def test_message_id_is_each_clients_own(session: Session, kind: str) -> None:
    message = example(kind, session)
    perform(session.pk, Heartbeat(), client="tablet", message_id=7)
    perform(session.pk, message, client="phone", message_id=7)
    assert Session.objects.get().committed_ids == "tablet=7\nphone=7"
    again = perform(session.pk, message, client="phone", message_id=7)
    assert [type_ for type_, _ in frames(again)] != ["HEARTBEAT_ACK"] or kind == "HEARTBEAT"


@every_message
def test_older_owner_writes_nothing(cast: Cast, session: Session, kind: str) -> None:
    message = example(kind, session)
    old = connect(
        session_id=session.pk,
        user=cast.alice.user,
        sign_in=sign_in(cast.alice.user),
        server="here",
    ).hand
    connect_to(session, cast.alice, server="there")
    before = Session.objects.values().get()
    apply(old, message, "", 1)
    with pytest.raises(Conflict):
        commit(snapshot(old))
    assert Session.objects.values().get() == before
    with pytest.raises(StaleOwner):
        read_anew(old)


@every_message
def test_unknown_or_erased_session_is_not_found(session: Session, kind: str) -> None:
    message = example(kind, session)
    with pytest.raises(SessionNotFound):
        perform("session-none", message)
    SessionKey.objects.filter(session=session).update(wrapped=None, erased_at=timezone.now())
    with pytest.raises(SessionNotFound):
        perform(session.pk, message)


@every_message
@pytest.mark.parametrize(
    ("ending", "allowed"),
    [(PauseSession(), MAY_WHILE_PAUSED), (CompleteSession(), MAY_WHEN_COMPLETED)],
    ids=["paused", "completed"],
)
def test_what_needs_a_session_under_way_is_refused_and_leaves_nothing(
    session: Session, kind: str, ending: Message, allowed: set[str]
) -> None:
    message = example(kind, session)
    perform(session.pk, ending)
    before = stored(session)
    if kind in allowed:
        perform(session.pk, message, message_id=1)
        return
    if kind == "CANCEL_INTERRUPTION":  # it was taken back with the session's end
        assert perform(session.pk, message, message_id=1).frames
        return
    with pytest.raises(NotActive):
        perform(session.pk, message, message_id=1)
    assert stored(session) == before


@every_message
def test_log_stays_sound(session: Session, kind: str) -> None:
    message = example(kind, session)
    for message_id in (1, 2):
        with_refusal(session, message, message_id)
    row = Session.objects.select_related("key").get()
    assert audit.verify(row).sound
    assert row.log_length == Event.objects.count()


def with_refusal(session: Session, message: Message, message_id: int) -> None:
    """A second time, some are refused; that must not matter."""
    from sessions_app.domain.errors import Refused

    try:
        perform(session.pk, message, message_id=message_id)
    except Refused:
        return


@every_message
def test_message_leaves_the_entries_that_it_says(session: Session, kind: str) -> None:
    message = example(kind, session)
    if kind == "LOWER_HAND":
        perform(session.pk, RaiseHand())
    if kind == "RESUME_SESSION":
        perform(session.pk, PauseSession())
    known = set(Event.objects.values_list("pk", flat=True))
    perform(session.pk, message, message_id=9)
    left = Event.objects.exclude(pk__in=known).filter(client_id=9)
    assert {event.kind for event in left} == set(MESSAGES[kind].logged_as)


def test_log_entry_falls_with_its_change(session: Session) -> None:
    """Both are in one transaction: if the last write fails there is neither."""
    Event.objects.create(
        session=session, seq=session.log_length + 1, kind=EventKind.IDLE, at=db_now(), mac=b""
    )
    before = Session.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        perform(session.pk, PauseSession(), message_id=1)
    assert Session.objects.values().get() == before


def test_question_moves_neither_the_place_nor_the_furthest_word(session: Session) -> None:
    perform(session.pk, EXAMPLES["STUDENT_INTERRUPTION"])
    state = hold(session.pk).state
    assert (state.word_index, state.furthest_word_index) == (AT_GLIMMER, AT_GLIMMER)
