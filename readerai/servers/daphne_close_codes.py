"""Closing a socket under daphne with any code.

Why: autobahn, below daphne, lets an application close with 1000 and 3000 to 4999 only. Told 1009
or 1012 it would close with nothing. uvicorn closes with what it is told.
"""

from __future__ import annotations

from typing import Any


def with_any_code(protocol: Any, send: Any) -> Any:
    """An ASGI ``send`` that is able to close with any code; ``send`` itself under other servers.

    What autobahn itself will not take (a frame too big, bytes that are no UTF-8) it would drop
    without a word; it is told to close with the code that says why.
    """
    send_close_frame = getattr(protocol, "sendCloseFrame", None)
    if send_close_frame is None:
        return send
    protocol.failByDrop = False

    async def send_with_any_code(message: Any) -> None:
        if message["type"] == "websocket.close" and 1000 < message.get("code", 1000) < 3000:
            send_close_frame(code=message["code"], reasonUtf8=None, isReply=False)
        else:
            await send(message)

    return send_with_any_code
