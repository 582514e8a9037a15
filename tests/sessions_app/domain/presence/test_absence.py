"""What falls when a child has gone, what stays, and since when they are gone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from sessions_app.domain import lifecycle, queries
from sessions_app.domain.evidence import PlaceReport
from sessions_app.domain.hand.commit import change
from sessions_app.domain.hand.hand import Hand
from sessions_app.domain.overviews import SessionOverview, overviews
from sessions_app.domain.presence import absence
from sessions_app.domain.presence.attention import Reason
from sessions_app.messages import RaiseHand
from sessions_app.models import Event, EventKind, Presence, Session
from tests.sessions_app.acting import Child, connect_to, connected
from tests.sessions_app.cast import Cast


@pytest.fixture
def alice(cast: Cast) -> Child:
    return connected(cast.alice, cast.lamp)


def overview(child: Child) -> SessionOverview:
    rows = Session.objects.select_related("student", "book", "key", "presence")
    [found] = overviews(rows.filter(pk=child.session_id))
    return found


def reports(child: Child, **said: object) -> None:
    def report(hand: Hand) -> None:
        place = {"at": 0.0, "word_index": hand.state.word_index} | said
        hand.report(PlaceReport(**place))  # type: ignore[arg-type]

    change(child.session_id, report)


def hours_pass(child: Child, minutes: float) -> None:
    """Everything that happened was so much earlier."""
    ago = dt.timedelta(minutes=minutes)

    def earlier(hand: Hand) -> None:
        hand.state.moved_at -= ago.total_seconds()
        hand.state.left_at -= ago.total_seconds()
        hand.row.last_active_at -= ago
        if hand.row.hand_raised_at is not None:
            hand.row.hand_raised_at -= ago

    change(child.session_id, earlier)


def leaves(child: Child) -> None:
    change(child.session_id, absence.end_connection)


def is_playing(cast: Cast, child: Child) -> bool:
    opened = queries.read_session(child.session_id, cast.alice.user)
    return queries.session_state(opened).playback.is_playing


def test_voice_stops_with_the_child(cast: Cast, alice: Child) -> None:
    reports(alice, is_playing=True)
    assert is_playing(cast, alice)
    assert overview(alice).summary.listening
    leaves(alice)
    assert not is_playing(cast, alice)
    assert not overview(alice).summary.listening


def test_voice_stops_with_the_server_that_died(cast: Cast, alice: Child) -> None:
    reports(alice, is_playing=True)
    Presence.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert not is_playing(cast, alice)
    connect_to(Session.objects.get(pk=alice.session_id), cast.alice)
    assert not is_playing(cast, alice)


@pytest.mark.parametrize(("minutes", "is_up"), [(0, True), (1.9, True), (2.1, False)])
def test_hand_falls_two_minutes_after_its_child_has_left(
    alice: Child, minutes: float, is_up: bool
) -> None:
    alice.say(RaiseHand())
    leaves(alice)
    hours_pass(alice, minutes)
    assert overview(alice).summary.hand_raised is is_up
    assert absence.lower_hands_left_up() == (not is_up)
    assert (Session.objects.get().hand_raised_at is not None) is is_up
    assert Event.objects.filter(kind=EventKind.HAND_LOWERED).exists() is not is_up
    assert absence.lower_hands_left_up() == 0


def test_who_left_with_a_hand_up_stays_in_sight_until_they_go_on(cast: Cast, alice: Child) -> None:
    alice.say(RaiseHand())
    leaves(alice)
    hours_pass(alice, 3)
    assert overview(alice).reasons == [Reason.HAND_WAS_UP]
    absence.lower_hands_left_up()
    assert overview(alice).reasons == [Reason.HAND_WAS_UP]
    again = connect_to(Session.objects.get(pk=alice.session_id), cast.alice)
    assert overview(again).reasons == [Reason.HAND_WAS_UP]
    reports(again, word_index=20)
    assert overview(again).reasons == []


def test_hand_of_a_child_who_waits_stays_up(alice: Child) -> None:
    alice.say(RaiseHand())
    hours_pass(alice, 10)
    assert absence.lower_hands_left_up() == 0
    assert overview(alice).summary.hand_raised


def test_hand_that_was_left_up_is_down_when_the_child_comes_back(cast: Cast, alice: Child) -> None:
    alice.say(RaiseHand())
    leaves(alice)
    hours_pass(alice, 3)
    connect_to(Session.objects.get(pk=alice.session_id), cast.alice)
    assert Session.objects.get().hand_raised_at is None


def test_who_is_there_is_not_gone(alice: Child) -> None:
    assert overview(alice).gone_since is None


def test_away_since_is_when_the_page_noticed_that_nobody_was_there(alice: Child) -> None:
    reports(alice, here=True)
    there = Session.objects.get().last_active_at
    reports(alice, here=False)
    hours_pass(alice, 5)
    assert overview(alice).gone_since == there - dt.timedelta(minutes=5)
    leaves(alice)
    assert overview(alice).gone_since == there - dt.timedelta(minutes=5)


def test_away_since_is_when_the_page_was_closed(alice: Child) -> None:
    hours_pass(alice, 4)
    before = timezone.now()
    leaves(alice)
    gone = overview(alice).gone_since
    assert gone is not None
    assert before - dt.timedelta(seconds=1) <= gone <= timezone.now()


def test_stuck_child_stays_in_sight_until_they_go_on(cast: Cast, alice: Child) -> None:
    hours_pass(alice, 6)
    assert overview(alice).reasons == [Reason.SAME_PLACE]
    change(alice.session_id, lifecycle.pause_idle)
    hours_pass(alice, 60)
    assert overview(alice).reasons == [Reason.SAME_PLACE]
    again = connect_to(Session.objects.get(pk=alice.session_id), cast.alice)
    assert overview(again).reasons == [Reason.SAME_PLACE]
    reports(again, word_index=20)
    assert overview(again).reasons == []


def test_time_away_is_no_time_at_a_place(cast: Cast, alice: Child) -> None:
    leaves(alice)
    hours_pass(alice, 600)
    assert overview(alice).reasons == []
    again = connect_to(Session.objects.get(pk=alice.session_id), cast.alice)
    assert overview(again).reasons == []


def test_child_who_stopped_for_want_of_activity_was_gone_before(alice: Child) -> None:
    there = Session.objects.get().last_active_at
    change(alice.session_id, lifecycle.pause_idle)
    assert overview(alice).gone_since == there
