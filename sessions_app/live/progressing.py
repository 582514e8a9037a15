"""A child's place that moves: handed to the writer and, once it is saved, acknowledged; and what
waits at the place that was come to."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError

from ..domain import checkpoints, queries
from ..domain.errors import OutOfBook, SessionNotFound, StaleOwner, Unsaveable
from ..domain.progress import Outcome, Progress, Saved
from ..protocol import client, server
from ..protocol.errors import Close, error
from . import frames
from .database import in_database
from .ports import Client

log = logging.getLogger(__name__)


async def reading_progress(
    connection: Client, payload: client.ReadingProgress, message_id: int | None
) -> None:
    book = connection.opening.book
    if payload.word_index >= book.word_count:
        raise OutOfBook
    writer = connection.process.writer
    progress = writer.pending(connection.session_id, connection.owner)
    if message_id is not None and writer.holds(connection.session_id, connection.owner, message_id):
        return  # sent again before it was saved: the first one stands, and is answered soon
    now = time.monotonic()
    step = connection.pace.note(payload.word_index, payload.audio_timestamp, now)
    fresh = progress is None
    if progress is None:
        progress = Progress(connection.session_id, connection.owner, payload.word_index)
    if step.seconds or payload.is_playing:
        connection.active_at = now
    progress.report(payload.word_index, payload.audio_timestamp, payload.is_playing, payload.rate)
    progress.add(step)
    if message_id is not None:
        # What was refused behind this one still waits for what comes after it.
        progress.ids += [*(each for each in connection.passed_over if each < message_id)]
        progress.ids.append(message_id)
        connection.passed_over = [each for each in connection.passed_over if each > message_id]
    progress.missed, connection.missed = progress.missed + connection.missed, []
    if fresh:
        writer.put(progress, _told(connection))


def _told(connection: Client) -> Callable[[Progress, Outcome], None]:
    """What the writer calls when progress of ``connection`` is saved or refused."""

    def told(progress: Progress, outcome: Outcome) -> None:
        if isinstance(outcome, Saved):
            for message_id in progress.ids:
                connection.committed(message_id)
            reply_to = max(progress.ids, default=None)
            connection.push(frames.progress_saved(outcome), reply_to)
            connection.process.changed(connection.session_id)
            _look_for_checkpoints(connection, outcome.word_index)
        elif isinstance(outcome, StaleOwner):
            connection.close_soon(Close.TAKEN_OVER)
        elif isinstance(outcome, SessionNotFound):
            connection.close_soon(Close.NOT_FOUND)
        else:
            code = "internal" if isinstance(outcome, Unsaveable) else "not_active"
            unanswered: list[int | None] = [*progress.ids] or [None]
            for unsaved in unanswered:
                connection.push(error(code), unsaved)

    return told


def _look_for_checkpoints(connection: Client, word_index: int) -> None:
    book = connection.opening.book
    # An answered one may have further tries, but keeps no later one from asking.
    answered = connection.answered_checkpoints
    start = connection.opening.state.start_word_index
    due = checkpoints.due(book, word_index, start, answered)
    if due is not None and due.pk not in connection.told_checkpoints:
        connection.told_checkpoints.add(due.pk)
        connection.spawn(_pause_for_checkpoint(connection, due.pk, word_index))
        return
    near = checkpoints.upcoming(book, word_index, answered)
    if near is not None and near.pk not in connection.announced_checkpoints:
        connection.announced_checkpoints.add(near.pk)
        connection.push(server.CheckpointUpcoming(near.slug, near.at_word))


async def _pause_for_checkpoint(connection: Client, checkpoint_pk: int, word: int) -> None:
    try:
        payload, timestamp = await in_database(
            queries.checkpoint_with_timestamp, checkpoint_pk, connection.opening.book, word
        )
    except (DatabaseError, InterfaceError) as failure:
        log.warning("a checkpoint waits for the database (%s)", type(failure).__name__)
        connection.told_checkpoints.discard(checkpoint_pk)
        return
    connection.push(server.PauseAudio("checkpoint", word, timestamp))
    connection.push(payload)
