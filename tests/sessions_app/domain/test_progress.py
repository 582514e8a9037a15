"""Places on their way to the database: saved once, counted once, whatever comes in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from sessions_app.domain import audit
from sessions_app.domain.evidence import PlaceReport
from sessions_app.domain.hand.changes import Reported
from sessions_app.domain.hand.commit import Snapshot, change, commit
from sessions_app.domain.hand.hand import Hand
from sessions_app.domain.hand.loading import hold
from sessions_app.domain.hand.saving import save_all
from sessions_app.domain.progress import (
    keep_until_saved,
    next_snapshot,
    put_back,
    read_anew_and_count_again,
    saved,
)
from sessions_app.messages import PauseSession, RaiseHand
from sessions_app.messages.dispatch import perform
from sessions_app.models import Event, EventKind, ReadingSpan, Session, SessionKey
from tests.readerai.accounts.people import make_student
from tests.sessions_app.acting import connect_to
from tests.sessions_app.cast import Cast, start


@pytest.fixture
def session(cast: Cast) -> Session:
    return start(cast.alice, cast.lamp)


def reads(hand: Hand, word: int, at: float, *ids: int) -> None:
    """The child reports that they came to ``word`` at that time (seconds)."""
    report = PlaceReport(at=at, word_index=word)
    hand.report(report)
    keep_until_saved(hand, Reported(report, None, "", ids))


def taken(hand: Hand) -> Snapshot:
    return next_snapshot(hand)[0]


def reading_time(session: Session) -> float:
    return hold(session.pk).state.total_time


def test_each_session_has_its_own_fate(cast: Cast, session: Session) -> None:
    moved, over, gone, paused = (start(cast.bob, cast.lamp) for _ in range(4))
    hands = [hold(each.pk) for each in (session, moved, over, gone, paused)]
    for hand in hands:
        reads(hand, 9, 1.0, 1)
    batch = [taken(hand) for hand in hands]
    perform(moved.pk, RaiseHand())
    connect_to(over, cast.bob)
    perform(paused.pk, PauseSession())
    SessionKey.objects.filter(session=gone).delete()
    Event.objects.filter(session=gone).delete()
    Session.objects.filter(pk=gone.pk).delete()
    others = Session.objects.exclude(pk=session.pk).order_by("pk")
    before = list(others.values())
    assert save_all(batch) == {
        session.pk: "saved",
        moved.pk: "moved",
        over.pk: "taken_over",
        gone.pk: "gone",
        paused.pk: "moved",
    }
    assert list(others.values()) == before
    assert Session.objects.get(pk=session.pk).committed_ids == "=1"


def test_what_is_saved_is_acknowledged_once_with_its_ids(session: Session) -> None:
    hand = hold(session.pk)
    reads(hand, 9, 1.0, 1)
    reads(hand, 12, 3.0, 2, 3)
    snapshot, watch = next_snapshot(hand)
    reads(hand, 15, 5.0, 4)
    save_all([snapshot])
    assert [each.ids for each in saved(hand, watch)] == [(1,), (2, 3)]
    assert [each.ids for each in hand.unsaved] == [(4,)]
    snapshot, watch = next_snapshot(hand)
    assert save_all([snapshot]) == {session.pk: "saved"}
    assert [each.ids for each in saved(hand, watch)] == [(4,)]
    assert Session.objects.get().committed_ids == "=1-4"


def test_time_counts_once_where_somebody_else_wrote_in_between(session: Session) -> None:
    hand = hold(session.pk)
    reads(hand, 0, 0.0, 1)
    reads(hand, 10, 10.0, 2)
    snapshot = taken(hand)
    perform(session.pk, RaiseHand(), client="teacher", message_id=1)
    assert save_all([snapshot]) == {session.pk: "moved"}
    hand.stale = True
    assert read_anew_and_count_again(hand) == []
    snapshot, watch = next_snapshot(hand)
    assert save_all([snapshot]) == {session.pk: "saved"}
    assert [each.ids for each in saved(hand, watch)] == [(1,), (2,)]
    assert hand.row.hand_raised_at is not None
    assert reading_time(session) == pytest.approx(10.0, abs=0.5)


def test_time_counts_once_where_a_commit_did_not_say_that_it_had_happened(
    session: Session,
) -> None:
    hand = hold(session.pk)
    reads(hand, 0, 0.0, 1)
    reads(hand, 10, 10.0, 2)
    save_all([taken(hand)])  # and the line to the database breaks before it says so
    reads(hand, 20, 20.0, 3)
    hand.stale = True
    assert [each.ids for each in read_anew_and_count_again(hand)] == [(1,), (2,)]
    commit(taken(hand))
    assert reading_time(session) == pytest.approx(20.0, abs=0.5)
    assert Session.objects.get().committed_ids == "=1-3"


def test_what_was_put_back_goes_with_the_next_one(session: Session) -> None:
    hand = hold(session.pk)
    reads(hand, 60, 1.0, 1)  # the second chapter
    snapshot = taken(hand)
    assert [event.kind for event in snapshot.events] == [EventKind.CHAPTER_REACHED]
    put_back(hand, snapshot)
    reads(hand, 61, 2.0, 2)
    commit(taken(hand))
    assert list(Event.objects.values_list("kind", flat=True)) == ["started", "chapter_reached"]
    assert audit.verify(Session.objects.select_related("key").get()).sound


def test_missed_message_is_kept_with_the_place(session: Session) -> None:
    hand = hold(session.pk)
    reads(hand, 5, 1.0, 3)
    hand.missed.add(("", 2))
    commit(taken(hand))
    assert Session.objects.get().committed_ids == "=3;2"


def test_minute_of_reading_makes_a_reading_span(session: Session) -> None:
    def read(hand: Hand) -> None:
        for step in range(58):
            hand.report(PlaceReport(at=2.6 * step, word_index=2 * step))

    change(session.pk, read)
    perform(session.pk, PauseSession())
    numbers = list(ReadingSpan.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3]


def test_place_of_an_older_connection_does_not_move_it(session: Session) -> None:
    hand = hold(session.pk)
    hand.row.owner = 5
    reads(hand, 40, 1.0)
    hand.report(PlaceReport(at=2.0, word_index=10), under=4)
    assert hand.state.word_index == 40
    hand.report(PlaceReport(at=3.0, word_index=12), under=5)
    assert hand.state.word_index == 12


def test_thirty_places_cost_the_statements_of_one(cast: Cast, session: Session) -> None:
    hand = hold(session.pk)
    reads(hand, 1, 1.0)
    with CaptureQueriesContext(connection) as one:
        save_all([taken(hand)])
    hands = [
        hold(start(make_student(f"c{number}", cast.room_12), cast.lamp).pk) for number in range(30)
    ]
    for each in hands:
        reads(each, 3, 1.0)
    batch = [taken(each) for each in hands]
    with CaptureQueriesContext(connection) as thirty:
        fates = save_all(batch)
    assert set(fates.values()) == {"saved"}
    # SQLite has no statement for many rows: it runs one prepared one per row.
    rows = 29 if connection.vendor == "sqlite" else 0
    assert len(thirty) <= len(one) + rows


@contextmanager
def row_held(session_id: str) -> Iterator[None]:
    """Somebody else holds the session's row (on SQLite: the database)."""
    held, let_go = threading.Event(), threading.Event()

    def keep() -> None:
        with transaction.atomic():
            hold(session_id, locked=True)
            held.set()
            let_go.wait(20)
        connections.close_all()

    holder = threading.Thread(target=keep)
    holder.start()
    held.wait(20)
    try:
        yield
    finally:
        let_go.set()
        holder.join()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_locked_row_is_left_for_later_and_the_others_are_saved(
    transactional_db: None, cast: Cast
) -> None:
    mine, theirs = start(cast.alice, cast.lamp), start(cast.bob, cast.lamp)
    hands = hold(mine.pk), hold(theirs.pk)
    for hand in hands:
        reads(hand, 9, 1.0)
    batch = [taken(hand) for hand in hands]
    with row_held(theirs.pk):
        assert save_all(batch) == {mine.pk: "saved", theirs.pk: "busy"}
    assert save_all(batch[1:]) == {theirs.pk: "saved"}
