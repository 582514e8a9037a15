"""One student's private reading: what is stored of it, sealed and clear."""

from .access_log import AccessLogChain, AccessLogEntry, AccessLogStudent
from .audio_use import AudioUse
from .checkpoint_attempt import CheckpointAttempt
from .concern import ConcernSeverity
from .event import Event, EventKind
from .interruption import Interruption
from .key import SessionKey
from .key_check import KeyCheck
from .model_use import ModelUse
from .presence import Presence
from .reading_span import ReadingSpan
from .session import Session
from .upkeep import Upkeep

__all__ = [
    "AccessLogChain",
    "AccessLogEntry",
    "AccessLogStudent",
    "AudioUse",
    "CheckpointAttempt",
    "ConcernSeverity",
    "Event",
    "EventKind",
    "Interruption",
    "KeyCheck",
    "ModelUse",
    "Presence",
    "ReadingSpan",
    "Session",
    "SessionKey",
    "Upkeep",
]
