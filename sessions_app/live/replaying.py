"""Answering a message that is committed already: the same frames, and nothing changes."""

from __future__ import annotations

from typing import Final, cast

from ..domain import answers
from ..domain.errors import NoOpenQuestion
from ..domain.replay import Replay, replay
from ..models import EventKind
from ..protocol import client, server
from ..protocol.codec import ClientMessage
from . import frames
from .database import in_database
from .ports import Client

# What a message that changed nothing (a pause while paused) is answered with.
_KIND_OF: Final[dict[type[client.Payload], str]] = {
    client.PauseSession: EventKind.PAUSED,
    client.ResumeSession: EventKind.RESUMED,
    client.CompleteSession: EventKind.COMPLETED,
    client.RaiseHand: EventKind.HAND_RAISED,
    client.LowerHand: EventKind.HAND_LOWERED,
    client.ResumeReading: EventKind.READ_ON,
    client.RepeatAudio: EventKind.REPEATED,
}


async def answer_again(connection: Client, message: ClientMessage) -> None:
    payload = message.payload
    was = await in_database(
        replay,
        session_id=connection.session_id,
        client_id=cast(int, message.id),
        checkpoint_id=payload.checkpoint_id
        if isinstance(payload, client.CheckpointAnswer)
        else None,
    )
    for answer in _answers(was, message):
        connection.push(answer, message.id)
    if was.asked is not None and was.answer is None:
        await _end_that_came_meanwhile(connection, was.asked.interruption_id)


async def _end_that_came_meanwhile(connection: Client, interruption_id: str) -> None:
    """An end told after we looked and before the acknowledgement was heard by nobody who waits
    for it: whoever acknowledges a question owes its end after that."""
    try:
        now = await in_database(answers.standing, interruption_id=interruption_id)
    except NoOpenQuestion:
        return
    if now.end is not None:
        connection.push(frames.answer_end(interruption_id, now.end), now.client_id)


def _answers(was: Replay, message: ClientMessage) -> list[server.Payload]:
    if was.asked is not None:
        acknowledged: list[server.Payload] = [frames.acknowledged(was.asked)]
        if was.answer is not None:
            acknowledged.append(frames.answer_end(was.asked.interruption_id, was.answer))
        return acknowledged
    if was.result is not None:
        return [frames.checkpoint_result(was.result)]
    if was.kind == EventKind.CANCELLED:
        return [frames.question_error("cancelled", was.interruption_id)]
    if not was.kind and isinstance(message.payload, client.CancelInterruption):
        return [frames.question_error("cancelled", message.payload.interruption_id)]
    return [_answer_of(was.kind or _KIND_OF.get(type(message.payload), ""), was, message)]


def _answer_of(kind: str, was: Replay, message: ClientMessage) -> server.Payload:
    if kind in {EventKind.READ_ON, EventKind.REPEATED}:
        return frames.resume_audio(was.playhead)
    if kind in {EventKind.HAND_RAISED, EventKind.HAND_LOWERED}:
        return server.Hand(raised=was.hand_raised)
    if kind in {EventKind.PAUSED, EventKind.RESUMED, EventKind.COMPLETED}:
        return server.SessionStatus(cast(server.Status, was.status))
    if isinstance(message.payload, client.Heartbeat):
        return server.HeartbeatAck()
    return frames.progress_saved(was.saved)
