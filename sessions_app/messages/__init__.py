"""Everything that a client may say, a file a message. ``MESSAGES`` is the whole vocabulary.

docs/how-to/add-a-message.md says how another is added.
"""

from typing import Final

from .base import Message
from .cancel_interruption import CancelInterruption
from .checkpoint_answer import CheckpointAnswer
from .complete_session import CompleteSession
from .heartbeat import Heartbeat
from .lower_hand import LowerHand
from .pause_session import PauseSession
from .raise_hand import RaiseHand
from .reading_progress import ReadingProgress
from .repeat_audio import RepeatAudio
from .resume_reading import ResumeReading
from .resume_session import ResumeSession
from .student_interruption import StudentInterruption

MESSAGES: Final[dict[str, type[Message]]] = {
    message.type: message
    for message in (
        ReadingProgress,
        StudentInterruption,
        CancelInterruption,
        ResumeReading,
        RepeatAudio,
        CheckpointAnswer,
        RaiseHand,
        LowerHand,
        PauseSession,
        ResumeSession,
        CompleteSession,
        Heartbeat,
    )
}

__all__ = [
    "MESSAGES",
    "CancelInterruption",
    "CheckpointAnswer",
    "CompleteSession",
    "Heartbeat",
    "LowerHand",
    "Message",
    "PauseSession",
    "RaiseHand",
    "ReadingProgress",
    "RepeatAudio",
    "ResumeReading",
    "ResumeSession",
    "StudentInterruption",
]
