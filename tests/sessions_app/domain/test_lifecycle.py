"""Beginning, connecting, pausing for want of activity, completing; and who may stay connected."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from readerai.accounts.login.sign_ins import end_sign_in
from sessions_app.domain import lifecycle
from sessions_app.domain.errors import Invalid, SessionNotFound
from sessions_app.domain.hand.commit import change
from sessions_app.domain.presence import absence, presence
from sessions_app.domain.presence.connecting import OpenElsewhere, connect
from sessions_app.messages import CompleteSession, PauseSession, RaiseHand
from sessions_app.messages.dispatch import perform
from sessions_app.models import Event, Interruption, Presence, Session
from tests.sessions_app.acting import Child
from tests.sessions_app.cast import AT_GLIMMER, Cast, sign_in, start


def opened(cast: Cast, session: Session, server: str = "server-a") -> int:
    """Alice's connection; its owner number."""
    return connect(
        session_id=session.pk,
        user=cast.alice.user,
        sign_in=sign_in(cast.alice.user),
        server=server,
    ).hand.row.owner


def kinds(session: Session) -> list[str]:
    return list(Event.objects.filter(session=session).values_list("kind", flat=True))


@pytest.fixture
def session(cast: Cast) -> Session:
    return start(cast.alice, cast.lamp, AT_GLIMMER)


@pytest.mark.parametrize("at", [-1, 117, 10**12])
def test_a_start_outside_the_book_is_refused(cast: Cast, at: int) -> None:
    with pytest.raises(Invalid):
        start(cast.alice, cast.lamp, at)
    assert not Session.objects.exists()


@pytest.mark.parametrize("who", ["bob", "dora", "rivera", "staff", "root"])
def test_only_the_student_opens_a_session(cast: Cast, session: Session, who: str) -> None:
    person = getattr(cast, who)
    user = getattr(person, "user", person)
    with pytest.raises(SessionNotFound):
        connect(session_id=session.pk, user=user, sign_in=sign_in(user), server="server-a")
    assert not Presence.objects.exists()


def test_opening_takes_over_and_says_so(cast: Cast, session: Session) -> None:
    first, second = opened(cast, session), opened(cast, session, "server-b")
    assert (first, second) == (1, 2)
    assert kinds(session) == ["started", "taken_over"]
    slot = Presence.objects.get()
    assert (slot.owner, slot.server) == (2, "server-b")
    change(session.pk, absence.end_connection)
    assert not Presence.objects.exists()
    opened(cast, session)
    assert kinds(session) == ["started", "taken_over"]  # nobody was there any more


def test_opening_resumes_what_was_paused(cast: Cast, session: Session) -> None:
    perform(session.pk, PauseSession())
    opened(cast, session)
    assert Session.objects.get().status == "active"
    assert kinds(session) == ["started", "paused", "resumed"]


def test_completing_lowers_the_hand_and_cancels_the_question(cast: Cast, session: Session) -> None:
    perform(session.pk, RaiseHand())
    Child(session.pk, 0).ask()
    perform(session.pk, CompleteSession())
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
    perform(done.pk, CompleteSession())
    left_alone(session, 61)
    left_alone(done, 600)
    assert lifecycle.pause_all_idle() == 1
    assert lifecycle.pause_all_idle() == 0
    assert Session.objects.get(pk=session.pk).status == "paused"
    assert Session.objects.get(pk=busy.pk).status == "active"
    assert kinds(session) == ["started", "idle"]


def test_pausing_for_want_of_activity_is_no_activity(cast: Cast, session: Session) -> None:
    opened(cast, session)
    left_alone(session, 500)
    before = Session.objects.get().last_active_at
    assert change(session.pk, lifecycle.pause_idle)
    assert not change(session.pk, lifecycle.pause_idle)
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
        owners[each.pk] = connect(
            session_id=each.pk, user=cast.alice.user, sign_in=who, server="server-a"
        ).hand.row.owner
    opened(cast, Session.objects.get(pk=ids["moved"]), "server-b")
    change(ids["idle"], lifecycle.pause_idle)
    perform(ids["over"], CompleteSession())
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
        connect(session_id=session.pk, user=cast.alice.user, sign_in=who, server="server-a")


def test_session_that_is_open_elsewhere_is_not_taken_by_who_was_not_asked_for(
    cast: Cast, session: Session
) -> None:
    opened(cast, session)
    before = Session.objects.values().get()
    with pytest.raises(OpenElsewhere):
        connect(
            session_id=session.pk,
            user=cast.alice.user,
            sign_in=sign_in(cast.alice.user),
            server="server-b",
            only_if_free=True,
        )
    assert Session.objects.values().get() == before
    assert Presence.objects.get().server == "server-a"


def test_start_in_the_past_is_kept_and_one_ahead_is_refused(cast: Cast) -> None:
    week_ago = timezone.now() - dt.timedelta(days=7)
    begun = lifecycle.start(student=cast.alice, book=cast.lamp, started_at=week_ago)
    assert begun.started_at == week_ago
    ahead = timezone.now() + dt.timedelta(minutes=6)
    with pytest.raises(Invalid) as refused:
        lifecycle.start(student=cast.alice, book=cast.lamp, started_at=ahead)
    assert refused.value.field == "startTime"
