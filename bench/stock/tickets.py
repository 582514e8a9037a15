"""What opens a socket: signed by Django, for a minute."""

from __future__ import annotations

from django.core.signing import TimestampSigner


def ticket_signer(session_id: str) -> TimestampSigner:
    """Signs who may open a session's socket; the colon that Django puts between the parts by
    itself may not stand in the name of a subprotocol."""
    return TimestampSigner(sep=".", salt=session_id)
