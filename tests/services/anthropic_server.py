"""A local server that speaks the Messages streaming API, well or badly, to the real SDK.

    with AnthropicServer() as server:
        server.queue(says("A lantern", " is a lamp."), overloaded())
        client = AsyncAnthropic(base_url=server.url, api_key="test", max_retries=0)

Each request takes the next queued reply, or what `server.answer(function)` makes of it; a request
that nobody planned for gets status 500. Every request is kept in `server.requests`.
"""

import asyncio
import contextlib
import json
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.services.anthropic_replies import Pause, Reply, refused
from tests.services.process import wait_until

JSON = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """One request as it came in; header names in lower case."""

    headers: Mapping[str, str]
    body: JSON

    @property
    def text(self) -> str:
        """The whole body as JSON text, for asking what was and was not sent."""
        return json.dumps(self.body, ensure_ascii=False)


class AnthropicServer:
    """The server, in a thread of its own, from `start()` (or `with`) to `stop()`."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.url = ""
        self._queue: deque[Reply] = deque()
        self._answer: Callable[[Request], Reply] | None = None
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self._disconnected = 0
        self._thread = threading.Thread(target=self._run, name="anthropic-server", daemon=True)

    def start(self) -> Self:
        """Listen on a free port of 127.0.0.1; `url` is the base address from then on."""
        self._thread.start()
        wait_until(lambda: self.url != "", "the tutor's server listening")
        return self

    def stop(self) -> None:
        """Cut what is still open and end the thread."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def queue(self, *replies: Reply) -> None:
        """Plan the replies to the next requests, in order."""
        self._queue.extend(replies)

    def answer(self, function: Callable[[Request], Reply]) -> None:
        """Let `function` reply to every request that no queued reply is left for."""
        self._answer = function

    def wait_for_requests(self, count: int) -> list[Request]:
        """Wait until `count` requests have come in since the start, and give them back."""
        wait_until(lambda: len(self.requests) >= count, f"request {count} to the tutor")
        return self.requests[:count]

    def wait_for_disconnects(self, count: int = 1) -> None:
        """Wait until the client has hung up on `count` replies before their end."""
        wait_until(lambda: self._disconnected >= count, f"hanging up {count} times")

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        with contextlib.closing(self._loop):
            self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        application = web.Application(client_max_size=64 * 2**20)
        application.router.add_post("/v1/messages", self._messages)
        runner = web.AppRunner(
            application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        await self._ended.wait()
        await runner.cleanup()

    async def _messages(self, http: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in http.headers.items()}
        request = Request(headers, await http.json())
        self.requests.append(request)
        try:
            return await _send(http, self._reply_to(request))
        except ConnectionError:
            self._disconnected += 1
            return web.Response()  # nobody is left to read it
        except asyncio.CancelledError:
            self._disconnected += 1
            raise

    def _reply_to(self, request: Request) -> Reply:
        if self._queue:
            return self._queue.popleft()
        if self._answer is not None:
            return self._answer(request)
        return refused(500, "api_error", "no reply was planned for this request")


async def _send(http: web.Request, reply: Reply) -> web.StreamResponse:
    """Send a reply as planned: its pauses kept, its cut made."""
    if reply.hang:
        await asyncio.Event().wait()
    response = web.StreamResponse(status=reply.status, headers=dict(reply.headers))
    response.content_type = reply.content_type
    await response.prepare(http)
    for part in reply.parts:
        if isinstance(part, Pause):
            await (asyncio.sleep(part.seconds) if part.seconds else asyncio.Event().wait())
        else:
            await response.write(part)
    if reply.cut:
        assert http.transport is not None
        http.transport.abort()
    else:
        await response.write_eof()
    return response
