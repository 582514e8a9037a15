"""Which sessions are shown live, and which one a child's card is about."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions_app.domain.presence.attention import Reason
from sessions_app.models import Session
from teachers.live.overviews import (
    LATELY,
    MOST_PER_CHILD,
    overview_by_child,
    shown_overviews,
    shown_sessions,
)
from tests.sessions_app.cast import Cast, start
from tests.teachers.readings import ask, connected, read_to


def age(session: Session, by: dt.timedelta) -> None:
    Session.objects.filter(pk=session.pk).update(last_active_at=session.last_active_at - by)


def test_newest_session_is_shown_however_old(cast: Cast) -> None:
    for days in (30, 20):
        newest = start(cast.alice, cast.lamp)
        age(newest, dt.timedelta(days=days))
    assert [row.pk for row in shown_sessions([cast.alice.pk])] == [newest.pk]


def test_sessions_of_the_last_hours_are_shown_up_to_a_few(cast: Cast) -> None:
    for _ in range(MOST_PER_CHILD + 2):
        start(cast.alice, cast.lamp)
    old = start(cast.alice, cast.lamp)
    age(old, LATELY + dt.timedelta(minutes=1))
    bobs = start(cast.bob, cast.lamp)
    shown = [row.pk for row in shown_sessions([cast.alice.pk, cast.bob.pk])]
    assert len(shown) == MOST_PER_CHILD + 1
    assert bobs.pk in shown
    assert old.pk not in shown


def test_card_is_about_the_session_where_the_child_is_online(cast: Cast) -> None:
    reading = connected(cast.alice, cast.lamp)
    newer = start(cast.alice, cast.our_hill)
    age(newer, -dt.timedelta(minutes=5))
    chosen = overview_by_child(shown_overviews([cast.alice.pk]))
    assert chosen[cast.alice.pk].session.pk == reading.session_id


def test_card_of_a_child_who_is_offline_is_about_the_newest(cast: Cast) -> None:
    age(start(cast.alice, cast.lamp), dt.timedelta(hours=1))
    newest = start(cast.alice, cast.our_hill)
    chosen = overview_by_child(shown_overviews([cast.alice.pk, cast.bob.pk]))
    assert {child: each.session.pk for child, each in chosen.items()} == {cast.alice.pk: newest.pk}


@pytest.mark.parametrize("flagged_first", [True, False])
def test_worrying_words_are_on_the_card_whichever_book_it_is_about(
    cast: Cast, flagged_first: bool
) -> None:
    readings = [connected(cast.alice, cast.lamp), connected(cast.alice, cast.lamp)]
    flagged = readings[0 if flagged_first else 1]
    read_to(flagged, 20)
    ask(flagged)
    Session.objects.get(pk=flagged.session_id).interruptions.update(concern="grave")
    [chosen] = overview_by_child(shown_overviews([cast.alice.pk])).values()
    assert chosen.reasons == [Reason.DISTRESS]
