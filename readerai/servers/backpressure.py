"""How much a server holds for a client that does not read.

Why: uvicorn waits in ``send`` until the client has read. daphne takes everything and lets its
buffer grow without end, so a consumer that sends has to ask how much waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

#: The key of a socket's scope under which the callable that asks is found.
UNSENT: Final = "readerai.unsent"
#: In bytes. Above it nothing more is sent until some of it is read.
MOST_UNSENT: Final = 262_144
#: How often to ask while waiting: the transport has no event to wait for.
POLL_SECONDS: Final = 0.05

Unsent = Callable[[], int]


def unsent_of(protocol: Any) -> Unsent:
    """A callable for the bytes that wait behind daphne's ``protocol``; 0 under other servers."""

    def unsent() -> int:
        transport = getattr(protocol, "transport", None)
        return len(getattr(transport, "dataBuffer", b"")) + int(
            getattr(transport, "_tempDataLen", 0)
        )

    return unsent
