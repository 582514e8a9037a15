"""Write-behind when things go wrong in the middle of a save."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, connections, transaction

from sessions_app.domain import lifecycle
from sessions_app.domain.locked import lock
from sessions_app.domain.pace import Step
from sessions_app.domain.progress import Outcome, Progress, Saved, save_batch
from sessions_app.live import progress_writer
from sessions_app.live.database import in_database
from sessions_app.live.progress_writer import ProgressWriter
from sessions_app.models import Session
from tests.sessions_app.cast import Cast, sign_in, start

pytestmark = pytest.mark.django_db(transaction=True)


def opened(cast: Cast, *, whose: str = "alice") -> tuple[str, int]:
    student = getattr(cast, whose)
    session = start(student, cast.lamp)
    claim = lifecycle.open_connection(
        session_id=session.pk, user=student.user, sign_in=sign_in(student.user), server="here"
    )
    return session.pk, claim.owner


def reported(session_id: str, owner: int, word: int, *, seconds: float) -> Progress:
    progress = Progress(session_id, owner, word)
    progress.report(word, None, None, None)
    progress.add(Step(seconds, 1, (word - 1, word - 1)))
    return progress


def reading_time(session_id: str) -> float:
    with transaction.atomic():
        return lock(session_id).state.active_seconds


@contextmanager
def row_held(session_id: str) -> Iterator[None]:
    """Somebody else holds the session's row (on SQLite: the database)."""
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            lock(session_id)
            held.set()
            let_go.wait(20)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    try:
        yield
    finally:
        let_go.set()
        holder.join()


class Heard:
    """What became of what was put into a writer, in order."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.something = asyncio.Event()

    def __call__(self, progress: Progress, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.something.set()


async def until(heard: Heard) -> Outcome:
    async with asyncio.timeout(20):
        await heard.something.wait()
    return heard.outcomes[0]


@pytest.fixture
def alices(cast: Cast) -> tuple[str, int]:
    return opened(cast)


@pytest.fixture
def bobs(cast: Cast) -> tuple[str, int]:
    return opened(cast, whose="bob")


async def test_a_save_whose_waiter_was_cancelled_counts_once(alices: tuple[str, int]) -> None:
    session_id, owner = alices
    writer, heard = ProgressWriter(), Heard()
    with row_held(session_id):
        writer.put(reported(session_id, owner, 5, seconds=7), heard)
        waiter = asyncio.create_task(writer.flush(session_id))
        await asyncio.sleep(0.3)
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter
    await writer.flush(session_id)
    assert isinstance(await until(heard), Saved)
    assert await in_database(reading_time, session_id) == 7


async def test_what_came_during_a_cancelled_save_is_saved_too(alices: tuple[str, int]) -> None:
    session_id, owner = alices
    writer, heard = ProgressWriter(), Heard()
    with row_held(session_id):
        writer.put(reported(session_id, owner, 5, seconds=7), heard)
        waiter = asyncio.create_task(writer.flush(session_id))
        await asyncio.sleep(0.3)
        waiter.cancel()
        writer.put(reported(session_id, owner, 6, seconds=2), heard)
    await writer.flush(session_id)
    assert await in_database(reading_time, session_id) == 9


def test_progress_handed_in_twice_counts_once(alices: tuple[str, int]) -> None:
    """A connection that breaks during COMMIT does not say whether it happened."""
    session_id, owner = alices
    progress = reported(session_id, owner, 5, seconds=7)
    progress.serial = 1
    save_batch([progress])
    assert isinstance(save_batch([progress])[session_id], Saved)
    assert reading_time(session_id) == 7


def test_a_new_owner_counts_from_one_again(alices: tuple[str, int], cast: Cast) -> None:
    session_id, owner = alices
    first = reported(session_id, owner, 5, seconds=7)
    first.serial = 9
    save_batch([first])
    user = cast.alice.user
    claim = lifecycle.open_connection(
        session_id=session_id, user=user, sign_in=sign_in(user), server="there"
    )
    second = reported(session_id, claim.owner, 6, seconds=2)
    second.serial = 1
    save_batch([second])
    assert reading_time(session_id) == 9


async def test_a_row_that_cannot_be_saved_holds_nobody_up(
    alices: tuple[str, int], bobs: tuple[str, int]
) -> None:
    def spoil() -> None:
        Session.objects.filter(pk=alices[0]).update(committed_ids="nonsense")

    await in_database(spoil)
    writer, of_alice, of_bob = ProgressWriter(), Heard(), Heard()
    writer.put(reported(*alices, 5, seconds=7), of_alice)
    writer.put(reported(*bobs, 5, seconds=7), of_bob)
    assert isinstance(await until(of_bob), Saved)
    assert not isinstance(await until(of_alice), Saved)
    assert await in_database(reading_time, bobs[0]) == 7


async def test_what_was_saved_without_saying_so_is_not_mixed_with_what_comes_after(
    alices: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither while the row is held by somebody else when it is tried again."""
    broken = threading.Event()

    def breaks_in_commit(batch: list[Progress], *, wait: bool = False) -> dict[str, Outcome]:
        outcomes = save_batch(batch, wait=wait)
        if not broken.is_set():
            broken.set()
            raise OperationalError
        return outcomes

    monkeypatch.setattr(progress_writer, "save_batch", breaks_in_commit)
    session_id, owner = alices
    writer, heard = ProgressWriter(), Heard()
    writer.put(reported(session_id, owner, 5, seconds=7), heard)
    with pytest.raises(OperationalError):
        await writer.flush(session_id)
    if connection.vendor == "postgresql":
        with row_held(session_id):
            await asyncio.sleep(1.0)  # tried again meanwhile, and passed over
            if (waiting := writer.pending(session_id, owner)) is None:
                waiting = reported(session_id, owner, 6, seconds=2)
                writer.put(waiting, heard)
            else:
                waiting.add(Step(2, 1, (5, 5)))
    else:
        writer.put(reported(session_id, owner, 6, seconds=2), heard)
    await writer.flush(session_id)
    assert await in_database(reading_time, session_id) == 9
