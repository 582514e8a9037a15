"""What each client message leads to: one domain call, then the frames that answer it."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from django.db import DatabaseError, InterfaceError

from ..domain import checkpoints, interruptions, lifecycle, queries, reading
from ..domain.errors import (
    NoOpenQuestion,
    OutOfBook,
    QuestionRefused,
    SessionNotFound,
    StaleOwner,
    Unsaveable,
)
from ..domain.interruptions import NewQuestion
from ..domain.progress import Outcome, Progress, Saved
from ..protocol import client, server
from ..protocol.codec import BadFrame, ClientMessage
from ..protocol.errors import Close, error
from . import frames
from .database import in_database
from .ports import Client
from .replaying import answer_again

log = logging.getLogger(__name__)

T = TypeVar("T")


async def handle(connection: Client, message: ClientMessage) -> None:
    """Work off one message. Raises what the domain refuses and what the database raises."""
    if not isinstance(message.payload, client.ReadingProgress):
        # What came before is saved before: ids are committed in the order they arrived.
        await connection.process.writer.flush(connection.session_id)
        await _keep_missed(connection)
    if message.id is not None and message.id in connection.ids:
        await connection.process.writer.flush(connection.session_id)
        await answer_again(connection, message)
        return
    if not isinstance(message.payload, client.Heartbeat | client.ReadingProgress):
        connection.active_at = time.monotonic()
    await HANDLERS[type(message.payload)](connection, message.payload, message.id)


async def _keep_missed(connection: Client) -> None:
    """Commit which messages were not: ``lastId`` stays below them, whatever comes after."""
    if not connection.missed:
        return
    missed, connection.missed = connection.missed, []
    try:
        await in_database(
            reading.miss,
            session_id=connection.session_id,
            owner=connection.owner,
            client_ids=tuple(missed),
        )
    except BaseException:
        connection.missed = missed + connection.missed
        raise


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
        writer.put(progress, connection_told(connection))


def connection_told(connection: Client) -> Callable[[Progress, Outcome], None]:
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
    if near is not None and -near.pk not in connection.told_checkpoints:
        connection.told_checkpoints.add(-near.pk)
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


async def student_interruption(
    connection: Client, payload: client.StudentInterruption, message_id: int | None
) -> None:
    text = payload.question_text.strip()
    if not text:
        raise OutOfBook
    context = payload.context
    question = NewQuestion(
        text=text,
        kind=payload.interruption_type or "text",
        book=context.book,
        word_index=context.current_word_index,
        sentence=context.current_sentence,
        surrounding_text=context.surrounding_text,
        audio_timestamp=context.audio_timestamp,
    )
    try:
        asked = await _commit(
            connection,
            message_id,
            interruptions.ask,
            question=question,
            server=connection.process.server_id,
        )
    except QuestionRefused as refused:
        connection.push(frames.question_error(refused.code), message_id)
        return
    connection.pace.rest()
    connection.push(
        server.PauseAudio(
            "student_interruption", asked.paused_at_word_index, asked.paused_at_timestamp
        ),
        message_id,
    )
    _answer(connection, message_id, frames.acknowledged(asked))
    answering = connection.process.answering
    if asked.fresh:
        answering.begin(asked.interruption_id, attempt=1, session_id=connection.session_id)
    else:  # committed before by a message that did not hear so
        answering.watch_for_end(connection.session_id, asked.interruption_id)


async def cancel_interruption(
    connection: Client, payload: client.CancelInterruption, message_id: int | None
) -> None:
    cancelled = payload.interruption_id
    try:
        await _commit(connection, message_id, interruptions.cancel, interruption_id=cancelled)
    except NoOpenQuestion:
        raise BadFrame("bad_payload", message_id) from None
    connection.process.answering.stop(cancelled)
    _answer(connection, message_id, frames.question_error("cancelled", cancelled))


async def resume_reading(
    connection: Client, payload: client.ResumeReading, message_id: int | None
) -> None:
    playhead = await _commit(
        connection,
        message_id,
        reading.resume_reading,
        understood=payload.understood,
        helpful=payload.helpful,
        time_spent=payload.time_spent,
    )
    _answer(connection, message_id, frames.resume_audio(playhead))


async def repeat_audio(
    connection: Client, payload: client.RepeatAudio, message_id: int | None
) -> None:
    playhead = await _commit(
        connection,
        message_id,
        reading.repeat_audio,
        from_word_index=payload.from_word_index,
        reason=payload.reason,
    )
    connection.pace.rest()
    _answer(connection, message_id, frames.resume_audio(playhead))


async def checkpoint_answer(
    connection: Client, payload: client.CheckpointAnswer, message_id: int | None
) -> None:
    result = await _commit(
        connection,
        message_id,
        checkpoints.answer_checkpoint,
        checkpoint_id=payload.checkpoint_id,
        answer=payload.answer,
    )
    for place in connection.opening.book.checkpoints:
        if place.slug == result.checkpoint_id:
            connection.answered_checkpoints.add(place.pk)
    _answer(connection, message_id, frames.checkpoint_result(result))


async def raise_hand(connection: Client, payload: client.RaiseHand, message_id: int | None) -> None:
    raised = await _commit(connection, message_id, reading.set_hand, raised=True)
    _answer(connection, message_id, server.Hand(raised))


async def lower_hand(connection: Client, payload: client.LowerHand, message_id: int | None) -> None:
    raised = await _commit(connection, message_id, reading.set_hand, raised=False)
    _answer(connection, message_id, server.Hand(raised))


async def pause_session(
    connection: Client, payload: client.PauseSession, message_id: int | None
) -> None:
    await _commit(connection, message_id, lifecycle.pause)
    connection.pace.rest()
    _answer(connection, message_id, server.SessionStatus("paused"))


async def resume_session(
    connection: Client, payload: client.ResumeSession, message_id: int | None
) -> None:
    await _commit(connection, message_id, lifecycle.resume)
    _answer(connection, message_id, server.SessionStatus("active"))


async def complete_session(
    connection: Client, payload: client.CompleteSession, message_id: int | None
) -> None:
    await _commit(connection, message_id, lifecycle.complete)
    connection.process.answering.stop_session(connection.session_id)
    _answer(connection, message_id, server.SessionStatus("completed"))
    connection.close_soon(Close.COMPLETE)


async def heartbeat(connection: Client, payload: client.Heartbeat, message_id: int | None) -> None:
    if message_id is not None:
        await _commit(connection, message_id, reading.settle)
    connection.push(server.HeartbeatAck(), message_id)


async def _commit(
    connection: Client, message_id: int | None, verb: Callable[..., T], **facts: Any
) -> T:
    """Have the domain do what a message asks for, in the name of this connection."""
    done = await in_database(
        verb,
        session_id=connection.session_id,
        owner=connection.owner,
        client_id=message_id,
        **facts,
    )
    connection.committed(message_id)
    return done


def _answer(connection: Client, message_id: int | None, payload: server.Payload) -> None:
    """Answer a message that changed the session."""
    connection.push(payload, message_id)
    connection.process.changed(connection.session_id)


Handler = Callable[[Any, Any, int | None], Awaitable[None]]

HANDLERS: Final[dict[type[client.Payload], Handler]] = {
    client.ReadingProgress: reading_progress,
    client.StudentInterruption: student_interruption,
    client.CancelInterruption: cancel_interruption,
    client.ResumeReading: resume_reading,
    client.RepeatAudio: repeat_audio,
    client.CheckpointAnswer: checkpoint_answer,
    client.RaiseHand: raise_hand,
    client.LowerHand: lower_hand,
    client.PauseSession: pause_session,
    client.ResumeSession: resume_session,
    client.CompleteSession: complete_session,
    client.Heartbeat: heartbeat,
}
