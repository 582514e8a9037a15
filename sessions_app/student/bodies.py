"""What the session calls answer with, beside what a socket says, too."""

from __future__ import annotations

from typing import Any

from library.bodies import WholeBookBody
from readerai.api.structs import Body

from ..protocol.server import SessionState, Time


class TicketBody(Body, frozen=True):
    websocket_url: str
    websocket_ticket: str
    expires_at: Time


class StartedBody(Body, frozen=True):
    """A session that has begun, and the ticket that opens its socket. ``id`` is the session's."""

    id: str
    session_id: str
    websocket_url: str
    websocket_ticket: str
    book: WholeBookBody
    start_position: int
    state: SessionState


class EventBody(Body, frozen=True):
    """An entry of a session's log. ``details`` are empty where they stay sealed."""

    seq: int
    kind: str
    timestamp: Time
    details: dict[str, Any]
