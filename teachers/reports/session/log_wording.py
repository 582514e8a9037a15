"""The entries of a session's log in a teacher's words. Pure."""

from __future__ import annotations

from sessions_app.domain.audit import EventFacts
from sessions_app.models import EventKind


def event_name(kind: str) -> str:
    """What happened; a kind that a newer server wrote is said as it is."""
    return EventKind(kind).label if kind in EventKind.values else kind


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
