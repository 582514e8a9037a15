"""Text that comes a token at a time, handed on a frame at a time: what is done to it (made plain,
screened, sent) is done once a frame."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Final

FRAME_SECONDS: Final = 0.05


class Gathered:
    """What has come and is not handed on yet."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._came = asyncio.Event()

    def put(self, text: str) -> None:
        self._text.append(text)
        self._came.set()

    async def frames(
        self, read: Callable[[Gathered], Awaitable[None]]
    ) -> AsyncGenerator[str, None]:
        """The text that ``read`` puts: the first piece at once, then at most one piece in
        ``FRAME_SECONDS``. Raises what ``read`` raises, after what it put before; ends ``read``
        when it is closed itself."""
        reader = asyncio.ensure_future(read(self))
        reader.add_done_callback(lambda _: self._came.set())
        try:
            while True:
                await self._came.wait()
                self._came.clear()
                if self._text:
                    text = "".join(self._text)
                    self._text.clear()
                    yield text
                    await asyncio.wait({reader}, timeout=FRAME_SECONDS)
                if reader.done() and not self._text:
                    reader.result()
                    return
        finally:
            if not reader.done():
                reader.cancel()
                await asyncio.wait({reader})
