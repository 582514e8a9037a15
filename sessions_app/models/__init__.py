"""One student's private reading: what is stored of it, sealed and clear."""

from .event import Event, EventKind
from .interruption import Interruption
from .key import SessionKey
from .look import Look, LookChain
from .score import CheckpointAttempt
from .session import Session
from .slot import Slot
from .stretch import Stretch

__all__ = [
    "CheckpointAttempt",
    "Event",
    "EventKind",
    "Interruption",
    "Look",
    "LookChain",
    "Session",
    "SessionKey",
    "Slot",
    "Stretch",
]
