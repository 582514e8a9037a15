"""The entries of a session's log in a teacher's words. Pure."""

from __future__ import annotations

from typing import Final

from sessions_app.domain.audit import EventFacts
from sessions_app.models import EventKind

EVENTS: Final[dict[str, str]] = {
    EventKind.STARTED: "Began the book",
    EventKind.RESUMED: "Came back",
    EventKind.PAUSED: "Stopped",
    EventKind.IDLE: "Stopped by itself: nothing happened for a while",
    EventKind.CHAPTER_REACHED: "Came to a new chapter",
    EventKind.ASKED: "Asked a question",
    EventKind.ANSWERED: "Got the answer",
    EventKind.FAILED: "No answer came",
    EventKind.CANCELLED: "Took the question back",
    EventKind.FLAGGED: "A message was flagged",
    EventKind.READ_ON: "Read on",
    EventKind.REPEATED: "Went to another place to hear it",
    EventKind.CHECKPOINT: "Answered a question in the book",
    EventKind.HAND_RAISED: "Raised a hand",
    EventKind.HAND_LOWERED: "Lowered the hand",
    EventKind.COMPLETED: "Closed the book",
    EventKind.TAKEN_OVER: "Went on in another window or on another device",
    EventKind.EXPORTED: "A copy was made",
    EventKind.ERASED: "Erased",
}


def event_name(kind: str) -> str:
    """What happened; a kind that a newer server wrote is said as it is."""
    return EVENTS.get(kind, kind)


def event_details(facts: EventFacts) -> str:
    """What an entry tells beside what happened and where."""
    details = []
    if facts.correct is not None:
        details.append("right" if facts.correct else "not yet right")
    if facts.attempts is not None:
        details.append(f"try {facts.attempts}")
    if facts.understood is not None:
        details.append("understood" if facts.understood else "not understood")
    if facts.helpful is not None:
        details.append("helpful" if facts.helpful else "not helpful")
    if facts.reason:
        details.append(facts.reason)
    return ", ".join(details)
