"""Everything that a client may say, as typed payloads. ``PAYLOADS`` is the whole vocabulary."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

WordIndex = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Seconds = Annotated[float, Meta(ge=0, le=1e7)]
Rate = Annotated[float, Meta(ge=0.1, le=10)]
Name = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=2000)]
LongText = Annotated[str, Meta(max_length=20_000)]


class Payload(Struct, frozen=True, rename="camel"):
    """The base of what a client's frame carries. Fields nobody knows are passed over."""


class ReadingProgress(Payload, frozen=True):
    word_index: WordIndex
    audio_timestamp: Seconds | None = None
    is_playing: bool | None = None
    rate: Rate | None = None


class QuestionContext(Payload, frozen=True):
    # Any text: what is neither id nor title of the book is told so, however long.
    book: LongText
    current_word_index: WordIndex
    current_sentence: LongText
    surrounding_text: LongText | None = None
    audio_timestamp: Seconds | None = None


class StudentInterruption(Payload, frozen=True):
    question_text: Text
    context: QuestionContext
    interruption_type: Literal["text", "voice", "word"] | None = None


class CancelInterruption(Payload, frozen=True):
    interruption_id: Name


class ResumeReading(Payload, frozen=True):
    understood: bool | None = None
    helpful: bool | None = None
    time_spent: Seconds | None = None


class RepeatAudio(Payload, frozen=True):
    from_word_index: WordIndex
    reason: Literal["missed", "unclear", "review"] | None = None


class CheckpointAnswer(Payload, frozen=True):
    checkpoint_id: Name
    answer: Text


class RaiseHand(Payload, frozen=True):
    pass


class LowerHand(Payload, frozen=True):
    pass


class PauseSession(Payload, frozen=True):
    pass


class ResumeSession(Payload, frozen=True):
    pass


class CompleteSession(Payload, frozen=True):
    pass


class Heartbeat(Payload, frozen=True):
    pass


PAYLOADS: Final[dict[str, type[Payload]]] = {
    "READING_PROGRESS": ReadingProgress,
    "STUDENT_INTERRUPTION": StudentInterruption,
    "CANCEL_INTERRUPTION": CancelInterruption,
    "RESUME_READING": ResumeReading,
    "REPEAT_AUDIO": RepeatAudio,
    "CHECKPOINT_ANSWER": CheckpointAnswer,
    "RAISE_HAND": RaiseHand,
    "LOWER_HAND": LowerHand,
    "PAUSE_SESSION": PauseSession,
    "RESUME_SESSION": ResumeSession,
    "COMPLETE_SESSION": CompleteSession,
    "HEARTBEAT": Heartbeat,
}
