"""One student's private reading: what is stored of it, sealed and clear."""

from .audio_use import AudioUse
from .event import Event, EventKind
from .interruption import Interruption
from .key import SessionKey
from .look import Look, LookChain, Seen
from .score import CheckpointAttempt
from .session import Session
from .slot import Slot
from .stretch import Stretch

__all__ = [
    "AudioUse",
    "CheckpointAttempt",
    "Event",
    "EventKind",
    "Interruption",
    "Look",
    "LookChain",
    "Seen",
    "Session",
    "SessionKey",
    "Slot",
    "Stretch",
]
