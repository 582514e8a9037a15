"""Who gets in: tickets, logins with their origin, and nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib import import_module

import pytest
from django.conf import settings as configured
from django.utils import timezone
from pytest_django import Settings

from readerai.accounts.login.sign_ins import SESSION_FIELD, end_sign_ins
from readerai.accounts.models import Ticket, User
from sessions_app.live.saving.database import in_database
from sessions_app.models import Session
from tests.sessions_app.cast import Cast, sign_in, start, ticket

from .socket import error, knock, open_socket


def cookie_of(user: User) -> bytes:
    """A browser's login, as its cookie header."""
    store = import_module(configured.SESSION_ENGINE).SessionStore()
    store[SESSION_FIELD] = sign_in(user).pk
    store.create()
    return f"{configured.SESSION_COOKIE_NAME}={store.session_key}".encode()


@pytest.mark.parametrize(
    ("offered", "selected"),
    [
        (["readerai.v1", "ticket.{}"], "readerai.v1"),
        (["ticket.{}", "readerai.v1"], "readerai.v1"),
        (["ticket.{}"], None),
        (["other", "ticket.{}"], None),
    ],
)
async def test_the_server_selects_its_protocol_when_it_is_offered(
    cast: Cast, session: Session, offered: list[str], selected: str | None
) -> None:
    path = f"/ws/{session.pk}"
    secret = await in_database(ticket, cast.alice.user, path)
    with_ticket = [text.format(secret) for text in offered]
    async with knock(path, session_id=session.pk, subprotocols=with_ticket) as socket:
        assert (await socket.next())["type"] == "SESSION_RESTORED"
        assert socket.subprotocol == selected


async def test_a_ticket_opens_one_socket_once(cast: Cast, session: Session) -> None:
    path = f"/ws/{session.pk}"
    offered = ["readerai.v1", f"ticket.{await in_database(ticket, cast.alice.user, path)}"]
    async with knock(path, session_id=session.pk, subprotocols=offered) as socket:
        assert (await socket.next())["type"] == "SESSION_RESTORED"
        async with knock(path, session_id=session.pk, subprotocols=offered) as again:
            frames, code = await again.closing()
            assert (frames, code) == ([error(again, "not_signed_in")], 4401)
        assert await socket.quiet() == []


async def test_a_ticket_for_another_session_opens_nothing(cast: Cast, session: Session) -> None:
    other = await in_database(start, cast.alice, cast.lamp)
    secret = await in_database(ticket, cast.alice.user, f"/ws/{other.pk}")
    async with knock(
        f"/ws/{session.pk}", session_id=session.pk, subprotocols=[f"ticket.{secret}"]
    ) as socket:
        assert (await socket.closing())[1] == 4401


async def test_an_old_ticket_opens_nothing(cast: Cast, session: Session) -> None:
    path = f"/ws/{session.pk}"
    secret = await in_database(ticket, cast.alice.user, path)
    just_now = timezone.now() - dt.timedelta(milliseconds=1)
    await in_database(lambda: Ticket.objects.update(expires_at=just_now))
    async with knock(path, session_id=session.pk, subprotocols=[f"ticket.{secret}"]) as socket:
        assert (await socket.closing())[1] == 4401


async def test_a_ticket_is_worth_nothing_after_signing_out(cast: Cast, session: Session) -> None:
    path = f"/ws/{session.pk}"
    secret = await in_database(ticket, cast.alice.user, path)
    await in_database(end_sign_ins, [cast.alice.user])
    async with knock(path, session_id=session.pk, subprotocols=[f"ticket.{secret}"]) as socket:
        assert (await socket.closing())[1] == 4401


@pytest.mark.parametrize(
    "offered", [[], ["readerai.v1"], ["ticket."], ["ticket.nonsense"], ["ticket.\x7f"]]
)
async def test_nobody_gets_in_without_a_ticket(
    cast: Cast, session: Session, offered: list[str]
) -> None:
    async with knock(f"/ws/{session.pk}", session_id=session.pk, subprotocols=offered) as socket:
        frames, code = await socket.closing()
        assert (frames, code) == ([error(socket, "not_signed_in")], 4401)


@pytest.mark.parametrize(
    ("origin", "lets_in"),
    [
        (b"http://localhost", True),
        (b"HTTP://LOCALHOST", True),
        (b"https://books.example", True),
        (b"http://localhost:8001", False),
        (b"https://localhost", False),
        (b"http://evil.example", False),
        (b"http://localhost.evil.example", False),
        (b"null", False),
        (b"", False),
        (None, False),
    ],
)
async def test_a_browser_gets_in_from_our_own_pages_only(
    cast: Cast, session: Session, settings: Settings, origin: bytes | None, lets_in: bool
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://books.example"]
    headers = [(b"cookie", await in_database(cookie_of, cast.alice.user))]
    if origin is not None:
        headers.append((b"origin", origin))
    async with knock(f"/ws/{session.pk}", session_id=session.pk, headers=headers) as socket:
        if lets_in:
            assert (await socket.next())["type"] == "SESSION_RESTORED"
        else:
            assert (await socket.closing())[1] == 4401


async def test_a_host_that_is_not_ours_is_no_origin(cast: Cast, session: Session) -> None:
    cookie = await in_database(cookie_of, cast.alice.user)
    headers = [
        (b"host", b"evil.example"),
        (b"origin", b"http://evil.example"),
        (b"cookie", cookie),
    ]
    async with knock(f"/ws/{session.pk}", session_id=session.pk, headers=headers) as socket:
        assert (await socket.closing())[1] == 4401


def _change_password(users: list[User]) -> None:
    User.objects.filter(pk=users[0].pk).update(password="another")


@pytest.mark.parametrize("end", [end_sign_ins, _change_password])
async def test_a_login_that_was_ended_opens_nothing(
    cast: Cast, session: Session, end: Callable[[list[User]], None]
) -> None:
    cookie = await in_database(cookie_of, cast.alice.user)
    await in_database(end, [cast.alice.user])
    headers = [(b"cookie", cookie), (b"origin", b"http://localhost")]
    async with knock(f"/ws/{session.pk}", session_id=session.pk, headers=headers) as socket:
        assert (await socket.closing())[1] == 4401


@pytest.mark.parametrize(
    "who", ["bob", "carol", "dora", "rivera", "okafor", "lund", "staff", "root"]
)
async def test_a_foreign_session_is_not_there(cast: Cast, session: Session, who: str) -> None:
    """With a ticket that says otherwise, and however the session stands."""
    async with open_socket(getattr(cast, who), session) as socket:
        frames, code = await socket.closing()
        assert (frames, code) == ([error(socket, "not_found")], 4404)
    row = await in_database(Session.objects.get, pk=session.pk)
    assert (row.owner, row.log_length) == (0, 1)


async def test_an_unknown_session_looks_like_a_foreign_one(cast: Cast, session: Session) -> None:
    answers = []
    for session_id in (session.pk, "session-" + "0" * 32):
        path = f"/ws/{session_id}"
        secret = await in_database(ticket, cast.bob.user, path)
        async with knock(path, session_id=session_id, subprotocols=[f"ticket.{secret}"]) as socket:
            frames, code = await socket.closing()
            answers.append(([frame | {"sessionId": ""} for frame in frames], code))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ws",
        "/ws/",
        "/ws/session-",
        "/ws/nothing",
        "/ws/session-1/more",
        "/ws/session-" + "a" * 33,
        "/ws/session-é",
        "/ws/classes/",
        "/api/sessions",
    ],
)
async def test_an_address_that_is_none_is_not_found(cast: Cast, path: str) -> None:
    async with knock(path) as socket:
        frames, code = await socket.closing()
        assert (frames, code) == ([error(socket, "not_found")], 4404)
