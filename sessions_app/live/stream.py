"""The way for schools whose firewall blocks WebSockets: the same frames, the same handlers.

``GET …/stream`` is an event stream of server frames; ``POST …/frames`` takes client frames.
Both must reach the same server process, which a proxy that hashes the session id sees to; a
post that does not find its stream is told so, and the client opens the stream anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Final

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import APIException

from readerai.accounts.login.authentication import sign_in_of
from readerai.accounts.models import SignIn
from readerai.api.errors import error_response, refusal
from readerai.logs import named

from ..models import Session
from ..protocol import codec
from .connection import Connection
from .database import in_database
from .handshake import asked_of
from .line import Line
from .process import live_process

log = logging.getLogger(__name__)

COMMENT_SECONDS: Final = 15.0
MAX_WAITING: Final = 64
MAX_FRAMES: Final = 100


class EventStream:
    """Carries a connection's frames as server-sent events."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[str | None] = asyncio.Queue()
        self._room = asyncio.Semaphore(MAX_WAITING)

    async def send(self, text: str) -> None:
        await self._room.acquire()
        self._events.put_nowait(f"data: {text}\n\n")

    async def close(self, code: int) -> None:
        """Never waits: a client that does not read finds the end, too, once it reads."""
        self._events.put_nowait(f'event: close\ndata: {{"code":{code}}}\n\n')
        self._events.put_nowait(None)

    async def events(self) -> AsyncIterator[str]:
        """What goes to the client; ends with the connection."""
        while True:
            try:
                async with asyncio.timeout(COMMENT_SECONDS):
                    event = await self._events.get()
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if event is None:
                return
            self._room.release()
            yield event


class EventResponse(StreamingHttpResponse):
    """Ends its connection when the client goes, even before a single event went out."""

    def __init__(self, events: AsyncIterator[str], connection: Connection) -> None:
        super().__init__(events, content_type="text/event-stream")
        self["Cache-Control"] = "no-store"
        self["X-Accel-Buffering"] = "no"
        self._connection = connection
        self._loop = asyncio.get_running_loop()

    def close(self) -> None:
        super().close()
        # Django closes in a thread, also while the server takes its leave.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._leave)

    def _leave(self) -> None:
        self._connection.process.spawn(self._connection.gone())


async def _signed_in(request: HttpRequest) -> SignIn | HttpResponseBase:
    try:
        return await in_database(sign_in_of, request)
    except APIException as error:
        return error_response(error)
    except (DatabaseError, InterfaceError) as failure:
        log.warning("nobody could be looked up (%s)", named(failure))
        return refusal(503, Retry_After=5)


def _mine(sign_in: SignIn, session_id: str) -> bool:
    return Session.objects.visible_to(sign_in.user).filter(pk=session_id).exists()


async def _student_of(request: HttpRequest, session_id: str) -> SignIn | HttpResponseBase:
    """The sign-in of the session's own student, or the refusal."""
    sign_in = await _signed_in(request)
    if isinstance(sign_in, HttpResponseBase):
        return sign_in
    if not sign_in.user.is_student:
        return refusal(403)
    if not await in_database(_mine, sign_in, session_id):
        return refusal(404)
    return sign_in


@csrf_exempt  # checked by BrowserAuthentication, for cookies only
async def stream_view(request: HttpRequest, session_id: str) -> HttpResponseBase:
    """The session's server frames as an event stream. The newest socket or stream owns it."""
    if request.method != "GET":
        return refusal(405, Allow="GET")
    sign_in = await _student_of(request, session_id)
    if isinstance(sign_in, HttpResponseBase):
        return sign_in
    process = live_process()
    if process.lines.no_room_for(session_id) is not None:
        return refusal(503, code="full", Retry_After=5)
    transport = EventStream()
    client, only_if_free = asked_of(request.META.get("QUERY_STRING", ""))
    connection = Connection(
        process, session_id, sign_in, transport, client=client, only_if_free=only_if_free
    )
    await connection.open()
    return EventResponse(transport.events(), connection)


class _Frames(msgspec.Struct):
    frames: list[msgspec.Raw]


def _stream_of(request: HttpRequest, sign_in: SignIn, session_id: str) -> Connection | None:
    """The stream that posted frames belong to: a socket that took its place has a client of its
    own, and what the older one still posts must not be taken for that one's."""
    line: Line | None = live_process().lines.get(session_id)
    client, _ = asked_of(request.META.get("QUERY_STRING", ""))
    if not isinstance(line, Connection) or not isinstance(line.transport, EventStream):
        return None
    return line if (line.user, line.client) == (sign_in.user, client) else None


def _text(raw: bytes) -> str | None:
    """A frame as the socket would have it; None for what is no text or far too long."""
    if len(raw) > codec.MAX_FRAME_BYTES:
        return None
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


@csrf_exempt  # checked by BrowserAuthentication, for cookies only
async def frames_view(request: HttpRequest, session_id: str) -> HttpResponseBase:
    """Client frames for the stream that is open here, in order."""
    if request.method != "POST":
        return refusal(405, Allow="POST")
    sign_in = await _student_of(request, session_id)
    if isinstance(sign_in, HttpResponseBase):
        return sign_in
    try:
        body = request.body
    except RequestDataTooBig:
        return refusal(413)
    try:
        frames = msgspec.json.decode(body, type=_Frames).frames
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return refusal(400, code="invalid", message="An object with a list of frames is expected.")
    if len(frames) > MAX_FRAMES:
        return refusal(413, message=f"At most {MAX_FRAMES} frames at once.")
    connection = _stream_of(request, sign_in, session_id)
    if connection is None:
        return refusal(409, code="no_stream", message="Open the stream first.")
    for frame in frames:
        connection.receive(_text(bytes(frame)))
    return JsonResponse({"accepted": len(frames)}, status=202)
