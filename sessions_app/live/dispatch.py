"""What a line does with a message: apply it to the hand, commit, answer."""

from __future__ import annotations

from ..domain.earlier import earlier_of
from ..domain.errors import QuestionRefused
from ..domain.hand.hand import Hand
from ..messages.base import (
    CloseConnection,
    Effect,
    FollowAnswer,
    GiveAnswer,
    Message,
    Reply,
    StopAnswer,
)
from ..messages.dispatch import answer_again, apply, is_committed
from ..messages.question_errors import question_error
from ..protocol.codec import ClientFrame
from .line import Line
from .process.process import LiveProcess
from .saving.database import in_database
from .saving.writing import apply_and_save, freshen, save


async def work_off(
    process: LiveProcess, line: Line, frame: ClientFrame[Message], stands_for: tuple[int, ...] = ()
) -> None:
    """Do one message. A place ``stands_for`` earlier ones that were throttled. Raises what is
    refused and what the database raises."""
    message, message_id = frame.payload, frame.id
    if line.hand.stale:
        async with line.writing:
            await freshen(line)
    if take_place(process, line, frame, stands_for):
        return
    try:
        answer = await _answered(line, message, message_id)
    except QuestionRefused as refused:
        line.push(question_error(refused.code), message_id)
        return
    process.lines.changed(line)
    for payload in answer.frames:
        line.push(payload, message_id)
    for effect in answer.effects:
        _carry_out(process, line, effect)


def take_place(
    process: LiveProcess, line: Line, frame: ClientFrame[Message], stands_for: tuple[int, ...] = ()
) -> bool:
    """Take a place into the hand, which waits for nothing, and have it saved with everybody's;
    False for any other message, and where the database is to be asked first."""
    hand, message, message_id = line.hand, frame.payload, frame.id
    if not message.is_batched or hand.stale:
        return False
    if _waits(hand, line.client, message_id):
        return True  # sent again before it was saved: the first one stands, and is answered soon
    if is_committed(hand, line.client, message_id):
        return False
    hand.stands_for = stands_for
    apply(hand, message, line.client, message_id)
    if hand.changes.is_activity:
        line.touch()
    process.batch.add(line)
    return True


async def _answered(line: Line, message: Message, message_id: int | None) -> Reply:
    """What a message is answered with, once it is committed."""
    async with line.writing:
        await freshen(line)
        if message_id is not None and is_committed(line.hand, line.client, message_id):
            if line.hand.unsaved:
                await save(line)
                await freshen(line)
            earlier = await in_database(earlier_of, line.hand, line.client, message_id)
            return answer_again(line.hand, message, earlier)
        answer = await apply_and_save(
            line, lambda hand: apply(hand, message, line.client, message_id)
        )
    if message.is_activity:
        line.touch()
    return answer


def _waits(hand: Hand, client: str, message_id: int | None) -> bool:
    """Whether a place that stands for this message is in the hand and not saved."""
    if message_id is None:
        return False
    return any(each.client == client and message_id in each.ids for each in hand.unsaved)


def _carry_out(process: LiveProcess, line: Line, effect: Effect) -> None:
    match effect:
        case GiveAnswer(asked):
            process.answering.begin_own(asked, line.hand)
        case FollowAnswer(interruption_id):
            process.answering.followers.watch_for_end(line.session_id, interruption_id)
        case StopAnswer(interruption_id):
            process.answering.stop(interruption_id)
        case CloseConnection(code):
            line.close_soon(code)
