"""Everything that the server may say. A payload's class carries its ``type`` on the wire."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from ..tutor.types import ToldAnswer

Status = Literal["active", "paused", "completed"]
InterruptionStatus = Literal["pending", "answered", "failed", "cancelled"]
CheckpointKind = Literal["vocabulary", "comprehension", "prediction"]
#: ISO 8601, UTC, milliseconds.
Time = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
QuestionErrorCode = Literal[
    "tutor_unavailable",
    "invalid_context",
    "timeout",
    "cancelled",
    "busy",
    "limit_reached",
    "blocked",
]


def wire_time(moment: dt.datetime) -> Time:
    """A time as it crosses the wire: ``2026-11-22T10:30:00.000Z``."""
    utc = moment.astimezone(dt.UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


class Part(Struct, frozen=True, rename="camel"):
    """The base of what lies inside a payload."""


class FramePayload(Part, frozen=True):
    """The base of what a server's frame carries."""

    type: ClassVar[str]


class Position(Part, frozen=True):
    word_index: int
    paragraph_index: int
    audio_timestamp: float


class Playback(Part, frozen=True):
    is_playing: bool
    rate: float


class InterruptionRecord(Part, frozen=True):
    interruption_id: str
    timestamp: Time
    question: str
    response: str | None
    word_index: int
    status: InterruptionStatus


class ScoreRecord(Part, frozen=True):
    checkpoint_id: str
    score: float
    timestamp: Time
    attempts: int


class ReadingTotals(Part, frozen=True):
    """Words read by oneself, heard and paged through; different words read or heard; seconds."""

    read_words: int
    heard_words: int
    paged_words: int
    covered_words: int
    read_time: float
    heard_time: float


class SessionState(Part, frozen=True):
    session_id: str
    student_id: str
    book_id: str
    current_position: Position
    furthest_word_index: int
    playback: Playback
    reading_speed: float | None
    reading: ReadingTotals
    interruptions: list[InterruptionRecord]
    comprehension_scores: list[ScoreRecord]
    start_time: Time
    last_active_time: Time
    total_reading_time: float
    status: Status


class OpenInterruption(Part, frozen=True):
    interruption_id: str
    question: str
    word_index: int
    text_so_far: str
    next_index: int


class PauseForCheckpoint(FramePayload, frozen=True):
    type: ClassVar[str] = "PAUSE_FOR_CHECKPOINT"
    checkpoint_id: str
    kind: CheckpointKind
    question: str
    required: bool
    choices: list[str] | UnsetType = UNSET


class SessionRestored(FramePayload, frozen=True):
    type: ClassVar[str] = "SESSION_RESTORED"
    state: SessionState
    last_id: int
    owner: int
    open_interruption: OpenInterruption | UnsetType = UNSET
    due_checkpoint: PauseForCheckpoint | UnsetType = UNSET


class ProgressSaved(FramePayload, frozen=True):
    type: ClassVar[str] = "PROGRESS_SAVED"
    word_index: int
    furthest_word_index: int
    total_reading_time: float


class PauseAudio(FramePayload, frozen=True):
    type: ClassVar[str] = "PAUSE_AUDIO"
    reason: Literal["student_interruption", "checkpoint", "system"]
    at_word_index: int
    at_timestamp: float


class ResumeAudio(FramePayload, frozen=True):
    type: ClassVar[str] = "RESUME_AUDIO"
    from_word_index: int
    from_timestamp: float
    playback_rate: float


class InterruptionAcknowledged(FramePayload, frozen=True):
    type: ClassVar[str] = "INTERRUPTION_ACKNOWLEDGED"
    interruption_id: str
    paused_at_word_index: int
    paused_at_timestamp: float


class InterruptionDelta(FramePayload, frozen=True):
    type: ClassVar[str] = "INTERRUPTION_DELTA"
    interruption_id: str
    index: int
    text: str


class InterruptionResponse(ToldAnswer, frozen=True, kw_only=True, rename="camel"):
    type: ClassVar[str] = "INTERRUPTION_RESPONSE"
    interruption_id: str


class InterruptionError(FramePayload, frozen=True):
    type: ClassVar[str] = "INTERRUPTION_ERROR"
    error_code: QuestionErrorCode
    user_message: str
    fallback_action: Literal["continue", "retry", "skip"]
    interruption_id: str | UnsetType = UNSET


class CheckpointUpcoming(FramePayload, frozen=True):
    type: ClassVar[str] = "CHECKPOINT_UPCOMING"
    checkpoint_id: str
    at_word: int


class CheckpointResult(FramePayload, frozen=True):
    type: ClassVar[str] = "CHECKPOINT_RESULT"
    checkpoint_id: str
    correct: bool
    score: float
    explanation: str
    attempts: int
    may_retry: bool


class SessionStatus(FramePayload, frozen=True):
    type: ClassVar[str] = "SESSION_STATUS"
    status: Status


class HandStatus(FramePayload, frozen=True):
    type: ClassVar[str] = "HAND"
    raised: bool


class HeartbeatAck(FramePayload, frozen=True):
    type: ClassVar[str] = "HEARTBEAT_ACK"


class Error(FramePayload, frozen=True):
    type: ClassVar[str] = "ERROR"
    code: str
    message: str
    retryable: bool
    field: str | UnsetType = UNSET


Payload = FramePayload | InterruptionResponse
