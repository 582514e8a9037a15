"""How much a server holds for a client that does not read.

uvicorn waits in ``send``. daphne takes everything and lets its buffer grow, so we look at it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

#: Where the way to ask lies in a socket's scope.
UNSENT: Final = "readerai.unsent"
MOST_UNSENT: Final = 262_144
LOOK_SECONDS: Final = 0.05

Unsent = Callable[[], int]


def unsent_of(send: Any) -> Unsent:
    """Ask for the bytes that wait behind an ASGI ``send``; 0 where the server waits by itself."""
    protocol = next(iter(getattr(send, "args", ())), None)

    def unsent() -> int:
        transport = getattr(protocol, "transport", None)
        return len(getattr(transport, "dataBuffer", b"")) + int(
            getattr(transport, "_tempDataLen", 0)
        )

    return unsent
