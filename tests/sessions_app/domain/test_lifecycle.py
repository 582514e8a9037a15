"""Beginning, opening, pausing, resuming, completing: what is written, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from readerai.accounts.login.sign_ins import end_sign_in
from sessions_app.domain import (
    audit,
    checkpoints,
    idle,
    interruptions,
    lifecycle,
    presence,
    reading,
)
from sessions_app.domain.errors import (
    Busy,
    NotActive,
    OutOfBook,
    SessionNotFound,
    StaleOwner,
)
from sessions_app.domain.interruptions import NewQuestion
from sessions_app.models import (
    CheckpointAttempt,
    Event,
    Interruption,
    Presence,
    Session,
    SessionKey,
)
from tests.sessions_app.cast import AT_GLIMMER, Cast, sign_in, start

QUESTION = NewQuestion("What is rust?", "text", "the-lamp", 31, "")


def opened(cast: Cast, session: Session, server: str = "server-a") -> int:
    """Alice's connection; its owner number."""
    return lifecycle.open_connection(
        session_id=session.pk,
        user=cast.alice.user,
        sign_in=sign_in(cast.alice.user),
        server=server,
    ).owner


def kinds(session: Session) -> list[str]:
    return list(Event.objects.filter(session=session).values_list("kind", flat=True))


def erase(session: Session) -> None:
    SessionKey.objects.filter(session=session).update(wrapped=None, erased_at=timezone.now())


@pytest.fixture
def session(cast: Cast) -> Session:
    return start(cast.alice, cast.lamp, AT_GLIMMER)


Verb = Callable[..., Any]
VERBS: dict[str, Verb] = {
    "pause": lifecycle.pause,
    "resume": lifecycle.resume,
    "complete": lifecycle.complete,
    "resume_reading": reading.resume_reading,
    "repeat_audio": lambda **on: reading.repeat_audio(from_word_index=3, **on),
    "raise_hand": lambda **on: reading.set_hand(raised=True, **on),
    "lower_hand": lambda **on: reading.set_hand(raised=False, **on),
    "ask": lambda **on: interruptions.ask(question=QUESTION, server="server-a", **on),
    "answer_checkpoint": lambda **on: checkpoints.answer_checkpoint(
        checkpoint_id="glimmer", answer="a bee", **on
    ),
}
verbs = pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)


@verbs
def test_an_older_owner_writes_nothing(cast: Cast, session: Session, verb: Verb) -> None:
    old = opened(cast, session)
    opened(cast, session, "server-b")
    before = Session.objects.values().get()
    with pytest.raises(StaleOwner):
        verb(session_id=session.pk, owner=old, client_id=1)
    assert Session.objects.values().get() == before


@verbs
def test_an_unknown_or_erased_session_is_not_found(
    cast: Cast, session: Session, verb: Verb
) -> None:
    with pytest.raises(SessionNotFound):
        verb(session_id="session-none", owner=0)
    erase(session)
    with pytest.raises(SessionNotFound):
        verb(session_id=session.pk, owner=0)


@verbs
def test_the_same_message_counts_once(cast: Cast, session: Session, verb: Verb) -> None:
    first = verb(session_id=session.pk, owner=0, client_id=7)
    log, rows = kinds(session), (Interruption.objects.count(), CheckpointAttempt.objects.count())
    again = verb(session_id=session.pk, owner=0, client_id=7)
    assert kinds(session) == log
    assert (Interruption.objects.count(), CheckpointAttempt.objects.count()) == rows
    assert Session.objects.get().committed_ids == "7"
    if verb is not VERBS["ask"]:  # which says that it is not fresh
        assert again == first


@verbs
def test_a_log_stays_sound_whatever_is_done(cast: Cast, session: Session, verb: Verb) -> None:
    for message_id in (1, 2):
        try:
            verb(session_id=session.pk, owner=0, client_id=message_id)
        except (NotActive, Busy):
            continue
    row = Session.objects.select_related("key").get()
    assert audit.verify(row).sound
    assert row.log_length == len(kinds(session))


@pytest.mark.parametrize("verb", ["resume_reading", "repeat_audio", "ask", "answer_checkpoint"])
@pytest.mark.parametrize("ending", [lifecycle.pause, lifecycle.complete])
def test_reading_needs_an_active_session(
    cast: Cast, session: Session, verb: str, ending: Verb
) -> None:
    ending(session_id=session.pk)
    with pytest.raises(NotActive):
        VERBS[verb](session_id=session.pk, owner=0, client_id=1)
    assert Session.objects.get().committed_ids == ""


@pytest.mark.parametrize("verb", ["pause", "resume", "raise_hand", "lower_hand"])
def test_nothing_moves_after_the_end(cast: Cast, session: Session, verb: str) -> None:
    lifecycle.complete(session_id=session.pk)
    with pytest.raises(NotActive):
        VERBS[verb](session_id=session.pk, owner=0)
    assert kinds(session) == ["started", "completed"]


def test_a_log_entry_falls_with_its_change(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are in one transaction: if the last write fails there is neither."""

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the last write fails")

    monkeypatch.setattr(Event.objects, "bulk_create", fails)
    before = Session.objects.values().get()
    with pytest.raises(RuntimeError):
        lifecycle.pause(session_id=session.pk, client_id=1)
    assert Session.objects.values().get() == before


@pytest.mark.parametrize("at", [-1, 117, 10**12])
def test_a_start_outside_the_book_is_refused(cast: Cast, at: int) -> None:
    with pytest.raises(OutOfBook):
        start(cast.alice, cast.lamp, at)
    assert not Session.objects.exists()


@pytest.mark.parametrize("who", ["bob", "dora", "rivera", "staff", "root"])
def test_only_the_student_opens_a_session(cast: Cast, session: Session, who: str) -> None:
    person = getattr(cast, who)
    user = getattr(person, "user", person)
    with pytest.raises(SessionNotFound):
        lifecycle.open_connection(
            session_id=session.pk, user=user, sign_in=sign_in(user), server="server-a"
        )
    assert not Presence.objects.exists()


def test_opening_takes_over_and_says_so(cast: Cast, session: Session) -> None:
    first, second = opened(cast, session), opened(cast, session, "server-b")
    assert (first, second) == (1, 2)
    assert kinds(session) == ["started", "taken_over"]
    slot = Presence.objects.get()
    assert (slot.owner, slot.server) == (2, "server-b")
    lifecycle.release(session_id=session.pk, owner=first)
    assert Presence.objects.exists()
    lifecycle.release(session_id=session.pk, owner=second)
    assert not Presence.objects.exists()
    opened(cast, session)
    assert kinds(session) == ["started", "taken_over"]  # nobody was there any more


def test_opening_resumes_what_was_paused(cast: Cast, session: Session) -> None:
    lifecycle.pause(session_id=session.pk)
    opened(cast, session)
    assert Session.objects.get().status == "active"
    assert kinds(session) == ["started", "paused", "resumed"]


def test_completing_lowers_the_hand_and_cancels_the_question(cast: Cast, session: Session) -> None:
    reading.set_hand(session_id=session.pk, owner=0, raised=True)
    interruptions.ask(session_id=session.pk, owner=0, question=QUESTION, server="server-a")
    lifecycle.complete(session_id=session.pk)
    row = Session.objects.get()
    assert (row.status, row.hand_raised_at) == ("completed", None)
    assert row.completed_at is not None
    assert Interruption.objects.get().status == "cancelled"
    assert kinds(session)[-2:] == ["cancelled", "completed"]


# -- idle --------------------------------------------------------------------------------------


def left_alone(session: Session, seconds: float) -> None:
    since = timezone.now() - dt.timedelta(seconds=seconds)
    Session.objects.filter(pk=session.pk).update(last_active_at=since)


def test_only_what_was_left_alone_is_paused(
    cast: Cast, session: Session, settings: Settings
) -> None:
    settings.READERAI_IDLE_SECONDS = 60
    busy, done = start(cast.bob, cast.lamp), start(cast.carol, cast.lamp)
    lifecycle.complete(session_id=done.pk)
    left_alone(session, 61)
    left_alone(done, 600)
    assert idle.pause_all_idle() == 1
    assert idle.pause_all_idle() == 0
    assert Session.objects.get(pk=session.pk).status == "paused"
    assert Session.objects.get(pk=busy.pk).status == "active"
    assert kinds(session) == ["started", "idle"]


def test_a_child_who_came_back_meanwhile_is_not_paused(
    cast: Cast, session: Session, settings: Settings
) -> None:
    settings.READERAI_IDLE_SECONDS = 60
    assert not lifecycle.pause_idle(session_id=session.pk)
    assert Session.objects.get().status == "active"


def test_pausing_for_want_of_activity_is_no_activity(cast: Cast, session: Session) -> None:
    owner = opened(cast, session)
    left_alone(session, 500)
    before = Session.objects.get().last_active_at
    assert lifecycle.pause_idle(session_id=session.pk, owner=owner)
    assert Session.objects.get().last_active_at == before
    assert not Presence.objects.exists()


# -- presence ----------------------------------------------------------------------------------


def test_who_may_stay_is_told_with_the_reason(cast: Cast, session: Session) -> None:
    who = sign_in(cast.alice.user)
    owners: dict[str, int] = {}
    ids: dict[str, str] = {}
    for name in ("stays", "moved", "idle", "over", "out"):
        each = start(cast.alice, cast.lamp)
        ids[name] = each.pk
        owners[each.pk] = lifecycle.open_connection(
            session_id=each.pk, user=cast.alice.user, sign_in=who, server="server-a"
        ).owner
    opened(cast, Session.objects.get(pk=ids["moved"]), "server-b")
    lifecycle.pause_idle(session_id=ids["idle"], owner=owners[ids["idle"]])
    lifecycle.complete(session_id=ids["over"])
    out = sign_in(cast.alice.user)
    Presence.objects.filter(session_id=ids["out"]).update(sign_in=out)
    end_sign_in(out)
    lost = presence.lost(server="server-a", owners=owners | {"session-none": 1})
    assert lost == {
        ids["moved"]: "taken_over",
        ids["idle"]: "idle",
        ids["over"]: "completed",
        ids["out"]: "signed_out",
        "session-none": "erased",
    }


def test_slots_are_renewed_by_server_and_swept_when_they_ran_out(
    cast: Cast, session: Session
) -> None:
    opened(cast, session)
    other = start(cast.alice, cast.lamp)
    opened(cast, other, "server-b")
    past = timezone.now() - dt.timedelta(seconds=1)
    Presence.objects.update(expires_at=past)
    presence.renew(server="server-a", session_ids=[session.pk])
    assert presence.sweep() == 1
    assert Presence.objects.get().session_id == session.pk


def test_opening_costs_few_queries(
    cast: Cast, session: Session, django_assert_max_num_queries: Any
) -> None:
    who = sign_in(cast.alice.user)
    with django_assert_max_num_queries(14):
        lifecycle.open_connection(
            session_id=session.pk, user=cast.alice.user, sign_in=who, server="server-a"
        )
