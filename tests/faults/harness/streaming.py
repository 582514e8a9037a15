"""An event stream with its posts, used like a socket: the way where WebSockets are blocked."""

from __future__ import annotations

import asyncio
import json
from types import TracebackType
from typing import Any, Self

import aiohttp

CLOSED = aiohttp.WSMessage(aiohttp.WSMsgType.CLOSED, None, None)


class StreamSocket:
    """What a reader needs of a socket, over `GET …/stream` and `POST …/frames`."""

    def __init__(
        self, http: aiohttp.ClientSession, base: str, headers: dict[str, str], session_id: str
    ) -> None:
        self._http = http
        self._address = f"{base}/api/sessions/{session_id}"
        self._headers = headers
        self._stream: aiohttp.ClientResponse | None = None
        self._posting = asyncio.Lock()

    async def open(self) -> Self:
        """Open the stream; raises `aiohttp.ClientError` where it is refused."""
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=40)
        self._stream = await self._http.get(
            f"{self._address}/stream", headers=self._headers, timeout=timeout
        )
        if self._stream.status != 200:
            raise aiohttp.ClientError(f"{self._stream.status} {await self._stream.text()}")
        return self

    @property
    def closed(self) -> bool:
        return self._stream is None or self._stream.closed

    async def send_str(self, frame: str) -> None:
        """Post one frame, in order; a refusal ends the stream, too: it is to be opened anew."""
        async with (
            self._posting,
            self._http.post(
                f"{self._address}/frames",
                json={"frames": [json.loads(frame)]},
                headers=self._headers,
            ) as answer,
        ):
            if answer.status != 202:
                await self.close()
                raise aiohttp.ClientError(f"{answer.status} {await answer.text()}")

    async def receive(self) -> aiohttp.WSMessage:
        """The next frame, or the code that the server closes with."""
        ends = False
        while self._stream is not None:
            try:
                line = (await self._stream.content.readline()).decode()
            except (aiohttp.ClientError, TimeoutError, ConnectionError):
                return CLOSED
            if not line:
                return CLOSED
            if line.startswith("event: close"):
                ends = True
            elif line.startswith("data: ") and ends:
                code = json.loads(line.removeprefix("data: "))["code"]
                return aiohttp.WSMessage(aiohttp.WSMsgType.CLOSE, code, None)
            elif line.startswith("data: "):
                return aiohttp.WSMessage(aiohttp.WSMsgType.TEXT, line.removeprefix("data: "), None)
        return CLOSED

    async def receive_json(self) -> Any:
        return json.loads((await self.receive()).data)

    async def close(self) -> None:
        if self._stream is not None:
            self._stream.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.close()
