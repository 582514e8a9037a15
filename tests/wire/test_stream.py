"""The way without WebSockets: an event stream out, posted frames in, the same session."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from django.test import AsyncClient

from readerai.accounts.models import User
from readerai.monitoring import capacity
from sessions_app.live import streams
from sessions_app.live.process import process
from sessions_app.live.saving.database import in_database
from sessions_app.messages import CompleteSession
from sessions_app.messages.dispatch import perform
from sessions_app.models import Presence, Session
from tests.sessions_app.cast import Cast, token

from .socket import PATIENCE, Frame, open_socket, reading
from .waiting import eventually


class Events:
    """What comes out of a stream, one event at a time."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks

    async def event(self) -> str:
        async with asyncio.timeout(PATIENCE):
            return (await anext(self._chunks)).decode()

    async def frame(self) -> Frame:
        event = await self.event()
        assert event.startswith("data: ")
        assert event.endswith("\n\n")
        frame: Frame = json.loads(event.removeprefix("data: "))
        return frame

    async def over(self) -> bool:
        async with asyncio.timeout(PATIENCE):
            return await anext(self._chunks, None) is None


class TokenClient(AsyncClient):
    """Says with every call who it is."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def generic(self, *args: Any, **kwargs: Any) -> Any:
        return super().generic(*args, **kwargs, authorization=f"Bearer {self._secret}")


async def signed_in(user: User) -> AsyncClient:
    return TokenClient(await in_database(token, user))


@contextlib.asynccontextmanager
async def streaming(
    client: AsyncClient, session: Session, query: str = ""
) -> AsyncIterator[Events]:
    response = await client.get(f"/api/sessions/{session.pk}/stream{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/event-stream"
    assert response["Cache-Control"] == "no-store"
    chunks: Any = aiter(response.streaming_content)  # type: ignore[attr-defined]
    try:
        yield Events(chunks)
    finally:
        # As Django does when the client has gone.
        await chunks.aclose()
        await asyncio.to_thread(response.close)


async def post(client: AsyncClient, session: Session, *frames: Any) -> tuple[int, Any]:
    response = await client.post(
        f"/api/sessions/{session.pk}/frames",
        json.dumps({"frames": frames}),
        content_type="application/json",
    )
    return response.status_code, json.loads(response.content)


def client_frame(
    session: Session, kind: str, message_id: int | None = None, **payload: Any
) -> Frame:
    return {"type": kind, "sessionId": session.pk, "id": message_id}


async def test_the_same_frames_come_as_events(cast: Cast, session: Session) -> None:
    client = await signed_in(cast.alice.user)
    async with streaming(client, session) as events:
        restored = await events.frame()
        assert (restored["type"], restored["seq"]) == ("SESSION_RESTORED", 1)
        answer = await post(
            client,
            session,
            client_frame(session, "RAISE_HAND", 1),
            client_frame(session, "PAUSE_SESSION", 2),
            client_frame(session, "RESUME_SESSION", 3),
            "nonsense",
        )
        assert answer == (202, {"accepted": 4})
        frames = [await events.frame() for _ in range(4)]
        assert [(frame["type"], frame.get("replyTo"), frame["seq"]) for frame in frames] == [
            ("HAND", 1, 2),
            ("SESSION_STATUS", 2, 3),
            ("SESSION_STATUS", 3, 4),
            ("ERROR", None, 5),
        ]


async def test_leaving_the_stream_gives_the_place_back(cast: Cast, session: Session) -> None:
    async with streaming(await signed_in(cast.alice.user), session) as events:
        await events.frame()
        assert capacity.here.live == 1

    async def gone() -> bool:
        return capacity.here.live == 0

    await eventually(gone, "leaving")


async def test_a_quiet_stream_is_kept_open_by_comments(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert streams.COMMENT_SECONDS == 15
    monkeypatch.setattr(streams, "COMMENT_SECONDS", 0.01)
    async with streaming(await signed_in(cast.alice.user), session) as events:
        await events.frame()
        assert (await events.event()).startswith(":")


async def test_a_client_that_does_not_read_finds_the_end_once_it_reads() -> None:
    transport = streams.EventStream()
    for _ in range(streams.MAX_WAITING):
        await transport.send("{}")
    one_too_many = asyncio.create_task(transport.send("{}"))
    await asyncio.sleep(0)
    assert not one_too_many.done()
    one_too_many.cancel()
    async with asyncio.timeout(PATIENCE):
        await transport.close(4429)
        events = [event async for event in transport.events()]
    assert events == ["data: {}\n\n"] * streams.MAX_WAITING + [
        'event: close\ndata: {"code":4429}\n\n'
    ]


async def test_a_newer_socket_closes_the_stream(cast: Cast, session: Session) -> None:
    async with streaming(await signed_in(cast.alice.user), session) as events:
        await events.frame()
        async with open_socket(cast.alice, session) as socket:
            assert (await socket.next())["type"] == "SESSION_RESTORED"
            assert (await events.frame())["payload"]["code"] == "taken_over"
            assert await events.event() == 'event: close\ndata: {"code":4409}\n\n'
            assert await events.over()


async def test_a_newer_stream_closes_the_socket(cast: Cast, session: Session) -> None:
    async with (
        reading(cast.alice, session) as socket,
        streaming(await signed_in(cast.alice.user), session) as events,
    ):
        assert (await events.frame())["type"] == "SESSION_RESTORED"
        assert (await socket.closing())[1] == 4409


async def test_a_completed_session_is_restored_and_closed(cast: Cast, session: Session) -> None:
    await in_database(perform, session.pk, CompleteSession())
    async with streaming(await signed_in(cast.alice.user), session) as events:
        assert (await events.frame())["payload"]["state"]["status"] == "completed"
        assert await events.event() == 'event: close\ndata: {"code":1000}\n\n'
        assert await events.over()


async def test_frames_without_a_stream_are_told_to_open_one(cast: Cast, session: Session) -> None:
    client = await signed_in(cast.alice.user)
    status, body = await post(client, session, client_frame(session, "HEARTBEAT"))
    assert (status, body["error"]["code"]) == (409, "no_stream")


async def test_what_a_stream_still_posts_is_not_taken_for_the_socket_that_replaced_it(
    cast: Cast, session: Session
) -> None:
    client = await signed_in(cast.alice.user)
    async with (
        streaming(client, session) as events,
        reading(cast.alice, session) as socket,
    ):
        await events.frame()
        status, body = await post(client, session, client_frame(session, "RAISE_HAND", 1))
        assert (status, body["error"]["code"]) == (409, "no_stream")
        assert await socket.quiet() == []


async def test_a_full_server_answers_503(cast: Cast, session: Session, settings: Any) -> None:
    settings.READERAI_MAX_SESSIONS = 0
    client = await signed_in(cast.alice.user)
    response = await client.get(f"/api/sessions/{session.pk}/stream")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert json.loads(response.content)["error"]["code"] == "full"


@pytest.mark.parametrize(
    ("who", "status"),
    [("bob", 404), ("dora", 404), ("rivera", 403), ("lund", 403), ("staff", 403)],
)
async def test_a_stream_is_its_students_alone(
    cast: Cast, session: Session, who: str, status: int
) -> None:
    person = getattr(cast, who)
    client = await signed_in(getattr(person, "user", person))
    for session_id in (session.pk, "session-none"):
        response = await client.get(f"/api/sessions/{session_id}/stream")
        posted = await client.post(f"/api/sessions/{session_id}/frames", b"{}", "application/json")
        assert (response.status_code, posted.status_code) == (status, status)
        assert response.content == posted.content


async def test_nobody_gets_no_stream(cast: Cast, session: Session) -> None:
    client = AsyncClient()
    for response in (
        await client.get(f"/api/sessions/{session.pk}/stream"),
        await client.post(f"/api/sessions/{session.pk}/frames", b"{}", "application/json"),
    ):
        assert response.status_code == 401
        assert response["WWW-Authenticate"] == "Bearer"
        assert json.loads(response.content)["error"]["code"] == "not_signed_in"


async def test_a_login_cookie_needs_the_csrf_token_to_post(cast: Cast, session: Session) -> None:
    client = AsyncClient(enforce_csrf_checks=True)
    await client.aforce_login(cast.alice.user)
    response = await client.post(f"/api/sessions/{session.pk}/frames", b"{}", "application/json")
    assert response.status_code == 403


async def test_other_methods_are_not_there(cast: Cast, session: Session) -> None:
    client = await signed_in(cast.alice.user)
    for method in ("post", "put", "patch", "delete"):
        response = await getattr(client, method)(f"/api/sessions/{session.pk}/stream")
        assert (response.status_code, response["Allow"]) == (405, "GET")
    for method in ("get", "put", "patch", "delete"):
        response = await getattr(client, method)(f"/api/sessions/{session.pk}/frames")
        assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"frames": {}}', 400),
        (b'{"frames": null}', 400),
        (b"\xff", 400),
        (b"[" * 50_000, 400),
        (b'{"frames": [' + b"1," * 100 + b"1]}", 413),
        (b'{"frames": ["' + b"x" * 1_048_576 + b'"]}', 413),
    ],
    ids=lambda value: repr(value)[:20],
)
async def test_a_bad_body_is_refused(
    cast: Cast, session: Session, body: bytes, status: int
) -> None:
    client = await signed_in(cast.alice.user)
    async with streaming(client, session) as events:
        await events.frame()
        response = await client.post(f"/api/sessions/{session.pk}/frames", body, "application/json")
        assert response.status_code == status
        assert set(json.loads(response.content)) == {"error"}


async def test_a_posted_frame_that_is_no_text_or_too_long_is_bad_json(
    cast: Cast, session: Session
) -> None:
    client = await signed_in(cast.alice.user)
    async with streaming(client, session) as events:
        await events.frame()
        for frame in (b'"\xff"', b'"' + b"x" * 65_536 + b'"'):
            body = b'{"frames": [' + frame + b"]}"
            response = await client.post(
                f"/api/sessions/{session.pk}/frames", body, "application/json"
            )
            assert response.status_code in {202, 400}
            if response.status_code == 202:
                assert (await events.frame())["payload"]["code"] == "bad_json"


async def fetch(
    client: AsyncClient, session: Session, query: str = "", client_name: str = ""
) -> tuple[int, list[Frame], str]:
    """One batch: the status, its frames, and what its close event says."""
    response = await client.get(
        f"/api/sessions/{session.pk}/stream?poll=1&client={client_name}{query}"
    )
    if response.status_code != 200:
        return response.status_code, [], ""
    assert (response["Content-Type"], response["Cache-Control"]) == (
        "text/event-stream",
        "no-store",
    )
    chunks: Any = response.streaming_content  # type: ignore[attr-defined]
    events = b"".join([chunk async for chunk in chunks]).decode().split("\n\n")
    frames = [json.loads(event.removeprefix("data: ")) for event in events if event[:5] == "data:"]
    return 200, frames, "".join(event for event in events if event.startswith("event: close"))


async def test_batches_are_of_one_connection_and_given_until_they_are_confirmed(
    cast: Cast, session: Session
) -> None:
    client = await signed_in(cast.alice.user)
    status, [restored], _ = await fetch(client, session)
    assert (status, restored["type"], restored["seq"]) == (200, "SESSION_RESTORED", 1)
    owner = restored["payload"]["owner"]
    more = f"&owner={owner}&after=1"
    held = asyncio.create_task(fetch(client, session, more))
    await asyncio.sleep(0)
    assert (await post(client, session, client_frame(session, "RAISE_HAND", 1)))[0] == 202
    async with asyncio.timeout(PATIENCE):
        _, frames, _ = await held
    assert [(frame["type"], frame["seq"]) for frame in frames] == [("HAND", 2)]
    # The answer was lost on its way.
    assert (await fetch(client, session, more))[1] == frames
    await post(client, session, client_frame(session, "LOWER_HAND", 2))
    _, frames, _ = await fetch(client, session, f"&owner={owner}&after=2")
    assert [(frame["type"], frame["seq"]) for frame in frames] == [("HAND", 3)]
    assert (await in_database(Session.objects.get, pk=session.pk)).owner == owner


async def test_a_batch_without_frames_ends_with_a_comment(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert streams.HELD_SECONDS < streams.ABSENT_SECONDS < 25 - streams.HELD_SECONDS
    monkeypatch.setattr(streams, "HELD_SECONDS", 0.01)
    client = await signed_in(cast.alice.user)
    _, [restored], _ = await fetch(client, session)
    query = f"&owner={restored['payload']['owner']}&after=1"
    assert await fetch(client, session, query) == (200, [], "")


async def test_a_newer_socket_tells_who_fetches_batches(cast: Cast, session: Session) -> None:
    client = await signed_in(cast.alice.user)
    _, [restored], _ = await fetch(client, session)
    query = f"&owner={restored['payload']['owner']}&after=1"
    async with reading(cast.alice, session):
        status, _, close = await fetch(client, session, query)
        assert (status, close) == (200, 'event: close\ndata: {"code":4409}')


async def test_the_end_of_a_session_is_fetched(cast: Cast, session: Session) -> None:
    client = await signed_in(cast.alice.user)
    _, [restored], _ = await fetch(client, session)
    query = f"&owner={restored['payload']['owner']}&after=1"
    held = asyncio.create_task(fetch(client, session, query))
    await post(client, session, client_frame(session, "COMPLETE_SESSION", 1))
    async with asyncio.timeout(PATIENCE):
        _, frames, close = await held
        if not close:
            _, frames, close = await fetch(client, session, query)
    assert frames[-1]["payload"] == {"status": "completed"}
    assert close == 'event: close\ndata: {"code":1000}'


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("&owner=7&after=1", 409),
        ("&owner=x", 400),
        ("&owner=7&after=", 400),
        (f"&owner={'9' * 5000}", 400),
        ("&owner=0", 200),
    ],
)
async def test_a_batch_of_no_connection_is_refused(
    cast: Cast, session: Session, query: str, status: int
) -> None:
    assert (await fetch(await signed_in(cast.alice.user), session, query))[0] == status


async def test_a_batch_is_for_the_client_that_opened_the_connection(
    cast: Cast, session: Session
) -> None:
    client = await signed_in(cast.alice.user)
    _, [restored], _ = await fetch(client, session, client_name="tablet")
    query = f"&owner={restored['payload']['owner']}&after=1"
    assert (await fetch(client, session, query, client_name="laptop"))[0] == 409


async def presence_ends(session: Session) -> None:
    async def is_gone() -> bool:
        return not await in_database(Presence.objects.filter(session=session).exists)

    await eventually(is_gone, "noticing that nobody is there")


async def test_who_fetches_no_more_batches_is_gone(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "LOOK_SECONDS", 0.01)
    client = await signed_in(cast.alice.user)
    _, [restored], _ = await fetch(client, session)
    monkeypatch.setattr(streams, "ABSENT_SECONDS", 0.05)
    await presence_ends(session)
    query = f"&owner={restored['payload']['owner']}&after=1"
    assert (await fetch(client, session, query))[0] == 409


async def test_a_stream_whose_client_promised_a_heartbeat_and_is_silent_ends(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 15 < streams.SILENT_SECONDS + process.LOOK_SECONDS < 25
    monkeypatch.setattr(process, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(streams, "SILENT_SECONDS", 0.05)
    client = await signed_in(cast.alice.user)
    async with streaming(client, session, "?heartbeat=1") as events:
        await events.frame()
        await presence_ends(session)
        assert await events.over()
    # The control: who promised nothing may be silent.
    async with streaming(client, session) as events:
        await events.frame()
        await asyncio.sleep(0.2)
        assert (await post(client, session, client_frame(session, "HEARTBEAT")))[0] == 202
