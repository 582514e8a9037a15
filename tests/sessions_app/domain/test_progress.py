"""Saving many places at once: fenced by owner, and nobody waits for anybody."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions_app.domain import audit, lifecycle, queries
from sessions_app.domain.errors import NotActive, SessionNotFound, StaleOwner
from sessions_app.domain.pace import Step
from sessions_app.domain.progress import Progress, Saved, save_batch
from sessions_app.domain.state import ReadingState
from sessions_app.models import Event, ReadingSpan, Session, SessionKey
from tests.readerai.accounts.people import make_student
from tests.sessions_app.cast import Cast, start


def at(session: Session, word: int, *ids: int, owner: int = 0) -> Progress:
    progress = Progress(session.pk, owner, word, furthest=word)
    progress.ids += ids
    return progress


def state_of(session: Session, cast: Cast) -> ReadingState:
    return queries.open_session(Session.objects.select_related("key").get(pk=session.pk)).state


@pytest.fixture
def session(cast: Cast) -> Session:
    return start(cast.alice, cast.lamp)


def test_each_session_has_its_own_outcome(cast: Cast, session: Session) -> None:
    stale, paused, done, erased = (start(cast.bob, cast.lamp) for _ in range(4))
    Session.objects.filter(pk=stale.pk).update(owner=2)
    lifecycle.pause(session_id=paused.pk)
    lifecycle.complete(session_id=done.pk)
    SessionKey.objects.filter(session=erased).update(wrapped=None, erased_at=timezone.now())
    gone = Session(id="session-gone", student=cast.bob, book=cast.lamp)
    before = {row["id"]: row for row in Session.objects.exclude(pk=session.pk).values()}
    outcomes = save_batch([at(each, 9, 1) for each in (session, stale, paused, done, erased, gone)])
    assert outcomes[session.pk] == Saved(9, 9, 0.0)
    assert {pk: type(outcomes[pk]) for pk in outcomes if pk != session.pk} == {
        stale.pk: StaleOwner,
        paused.pk: NotActive,
        done.pk: NotActive,
        erased.pk: SessionNotFound,
        gone.pk: SessionNotFound,
    }
    assert {row["id"]: row for row in Session.objects.exclude(pk=session.pk).values()} == before
    assert Session.objects.get(pk=session.pk).committed_ids == "1"


def test_the_newest_place_wins_and_what_was_earned_adds_up(cast: Cast, session: Session) -> None:
    older, newer = at(session, 20, 1), at(session, 5, 2)
    older.add(Step(2.0, 20, (0, 19)))
    newer.add(Step(1.0))
    older.report(20, 8.0, is_playing=True, rate=1.5)
    newer.report(5, None, is_playing=None, rate=None)
    save_batch([older])
    assert save_batch([newer])[session.pk] == Saved(5, 20, 3.0)
    state = state_of(session, cast)
    assert (state.is_playing, state.rate, state.covered, state.words_read) == (
        True,
        1.5,
        [(0, 19)],
        20,
    )
    assert Session.objects.get().committed_ids == "1-2"


def test_reaching_a_chapter_is_logged_once_and_the_log_stays_sound(session: Session) -> None:
    for word in (10, 54, 20, 60):
        save_batch([at(session, word)])
    assert list(Event.objects.values_list("kind", flat=True)) == ["started", "chapter_reached"]
    assert audit.verify(Session.objects.select_related("key").get()).sound


def test_a_minute_of_reading_makes_a_stretch(session: Session) -> None:
    for step in range(4):
        progress = at(session, (step + 1) * 20)
        progress.add(Step(30.0, 20, (step * 20, step * 20 + 19)))
        save_batch([progress])
    lifecycle.pause(session_id=session.pk)
    assert list(ReadingSpan.objects.values_list("number", flat=True)) == [1, 2]


def test_a_missed_message_is_kept_with_the_place(session: Session) -> None:
    progress = at(session, 5, 3)
    progress.missed.append(2)
    save_batch([progress])
    assert Session.objects.get().committed_ids == "3;2"


def test_nobody_or_nothing_is_no_trouble(db: None) -> None:
    assert save_batch([]) == {}


def test_thirty_places_cost_the_statements_of_one(cast: Cast, session: Session) -> None:
    save_batch([at(session, 1)])
    with CaptureQueriesContext(connection) as one:
        save_batch([at(session, 2)])
    batch = [at(start(make_student(f"c{n}", cast.room_12), cast.lamp), 3) for n in range(29)]
    with CaptureQueriesContext(connection) as thirty:
        outcomes = save_batch([at(session, 3), *batch])
    assert all(isinstance(outcome, Saved) for outcome in outcomes.values())
    # SQLite has no statement for many rows: it runs one prepared one per row.
    rows = 29 if connection.vendor == "sqlite" else 0
    assert len(thirty) <= len(one) + rows


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_locked_row_is_left_for_later_and_the_others_are_saved(
    transactional_db: None, cast: Cast
) -> None:
    mine, theirs = start(cast.alice, cast.lamp), start(cast.bob, cast.lamp)
    locked, release = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Session.objects.select_for_update().get(pk=theirs.pk)
                locked.set()
                release.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert locked.wait(30)
        outcomes = save_batch([at(mine, 9), at(theirs, 9)])
    finally:
        release.set()
        thread.join()
    assert outcomes == {mine.pk: Saved(9, 9, 0.0), theirs.pk: None}
    assert save_batch([at(theirs, 9)], wait=True) == {theirs.pk: Saved(9, 9, 0.0)}
