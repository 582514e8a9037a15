"""The way for schools whose firewall blocks WebSockets: the same frames, the same handlers.

``GET …/stream`` is an event stream of server frames; ``POST …/frames`` takes client frames.
With ``poll=1`` an answer ends with the frames that there are, for networks that hold an answer
back until it ends; the next call, with ``owner`` and ``after``, goes on with the same connection.
All must reach the same server process, which a proxy that hashes the session id sees to; a
call that does not find its stream is told so, and the client opens the stream anew.
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
from ..protocol.errors import Close
from .connection import Connection
from .handshake import asked_of
from .line import Line
from .process.process import live_process
from .saving.database import in_database
from .streams import Batches, EventStream, HttpTransport, closing

log = logging.getLogger(__name__)

MAX_FRAMES: Final = 100


class EventResponse(StreamingHttpResponse):
    """Events. Ends ``connection`` when the client goes, even before a single event went out."""

    def __init__(self, events: AsyncIterator[str], connection: Connection | None = None) -> None:
        super().__init__(events, content_type="text/event-stream")
        self["Cache-Control"] = "no-store"
        self["X-Accel-Buffering"] = "no"
        self._connection = connection
        self._loop = asyncio.get_running_loop()

    def close(self) -> None:
        super().close()
        # Django closes in a thread, also while the server takes its leave.
        if self._connection is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._leave, self._connection)

    @staticmethod
    def _leave(connection: Connection) -> None:
        connection.process.spawn(connection.gone())


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
    if request.GET.get("poll") == "1":
        return await _poll(request, sign_in, session_id)
    transport = EventStream(has_heartbeat=request.GET.get("heartbeat") == "1")
    opened = await _open(request, sign_in, session_id, transport)
    if isinstance(opened, HttpResponseBase):
        return opened
    return EventResponse(transport.events(), opened)


async def _open(
    request: HttpRequest, sign_in: SignIn, session_id: str, transport: HttpTransport
) -> Connection | HttpResponseBase:
    """A new connection, or the refusal where there is no room for one."""
    process = live_process()
    if process.lines.no_room_for(session_id) is not None:
        return refusal(503, code="full", Retry_After=5)
    client, only_if_free = asked_of(request.META.get("QUERY_STRING", ""))
    connection = Connection(
        process, session_id, sign_in, transport, client=client, only_if_free=only_if_free
    )
    await connection.open()
    return connection


async def _poll(request: HttpRequest, sign_in: SignIn, session_id: str) -> HttpResponseBase:
    """The next batch of frames: of a new connection, or of that which has the number ``owner``."""
    try:
        owner, after = (int(request.GET.get(name, 0)) for name in ("owner", "after"))
    except ValueError:
        return refusal(400, code="invalid", message="`owner` and `after` are whole numbers.")
    if not owner:
        transport = Batches()
        opened = await _open(request, sign_in, session_id, transport)
        if isinstance(opened, HttpResponseBase):
            return opened
        return EventResponse(transport.batch(0))
    line = live_process().lines.get(session_id)
    if line is not None and line.user == sign_in.user and line.hand.row.owner > owner:
        return EventResponse(_only(closing(int(Close.TAKEN_OVER))))
    match _stream_of(request, sign_in, session_id):
        case (_, Batches() as batches):
            return EventResponse(batches.batch(after))
    return _no_stream()


async def _only(event: str) -> AsyncIterator[str]:
    yield event


def _no_stream() -> HttpResponseBase:
    return refusal(409, code="no_stream", message="Open the stream first.")


class _Frames(msgspec.Struct):
    frames: list[msgspec.Raw]


def _stream_of(
    request: HttpRequest, sign_in: SignIn, session_id: str
) -> tuple[Connection, HttpTransport] | None:
    """The stream that posted frames belong to: a socket that took its place has a client of its
    own, and what the older one still posts must not be taken for that one's."""
    line: Line | None = live_process().lines.get(session_id)
    client, _ = asked_of(request.META.get("QUERY_STRING", ""))
    if not isinstance(line, Connection) or not isinstance(line.transport, HttpTransport):
        return None
    is_theirs = (line.user, line.client) == (sign_in.user, client)
    return (line, line.transport) if is_theirs else None


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
    stream = _stream_of(request, sign_in, session_id)
    if stream is None:
        return _no_stream()
    connection, transport = stream
    transport.heard()
    for frame in frames:
        connection.receive(_text(bytes(frame)))
    return JsonResponse({"accepted": len(frames)}, status=202)
