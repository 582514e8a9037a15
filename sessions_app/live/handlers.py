"""What each client message leads to: one domain call, then the frames that answer it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from ..domain import checkpoints, interruptions, lifecycle, reading
from ..domain.errors import NoOpenQuestion, OutOfBook, QuestionRefused
from ..domain.interruptions import NewQuestion
from ..protocol import client, server
from ..protocol.codec import BadFrame, ClientMessage
from ..protocol.errors import Close
from . import frames
from .database import in_database
from .ports import Client
from .progressing import reading_progress
from .replaying import answer_again

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
