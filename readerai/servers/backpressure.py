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


def protocol_of(send: Any) -> Any:
    """daphne's protocol behind an ASGI ``send``; None under any other server."""
    return next(iter(getattr(send, "args", ())), None)


def with_any_code(send: Any) -> Any:
    """``send``, able to close with any code: autobahn, under daphne, refuses to be told 1009 and
    1012 by an application, and would close with nothing.

    What autobahn itself will not take (a frame too big, bytes that are no UTF-8) it would drop
    without a word; it is told to close with the code that says why.
    """
    protocol = protocol_of(send)
    send_close_frame = getattr(protocol, "sendCloseFrame", None)
    if protocol is None or send_close_frame is None:
        return send
    protocol.failByDrop = False

    async def send_with_any_code(message: Any) -> None:
        if message["type"] == "websocket.close" and 1000 < message.get("code", 1000) < 3000:
            send_close_frame(code=message["code"], reasonUtf8=None, isReply=False)
        else:
            await send(message)

    return send_with_any_code


def unsent_of(send: Any) -> Unsent:
    """Ask for the bytes that wait behind an ASGI ``send``; 0 where the server waits by itself."""
    protocol = protocol_of(send)

    def unsent() -> int:
        transport = getattr(protocol, "transport", None)
        return len(getattr(transport, "dataBuffer", b"")) + int(
            getattr(transport, "_tempDataLen", 0)
        )

    return unsent
