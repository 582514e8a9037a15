"""The socket of a class's feed: who is let in, and what may be said."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.models import User
from sessions_app.live.saving.database import in_database
from sessions_app.models import Session
from tests.sessions_app.cast import Cast
from tests.teachers.feeds import knock, watching
from tests.teachers.readings import connected


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "RAISE_HAND", "payload": {}}',
        '{"type": "READING_PROGRESS", "payload": {"wordIndex": 3}}',
        '{"type": "COMPLETE_SESSION"}',
        "not json",
        "[]",
        '{"type": {}}',
    ],
)
async def test_anything_but_a_heartbeat_is_read_only(shared_cast: Cast, text: str) -> None:
    await in_database(connected, shared_cast.alice, shared_cast.lamp)
    before = await in_database(lambda: list(Session.objects.values_list()))
    async with watching(shared_cast.rivera) as feed:
        await feed.snapshot()
        await feed.send(text)
        frame = await feed.next()
        assert frame["type"] == "ERROR"
        assert frame["payload"]["code"] == "read_only"
        await feed.send('{"type": "HEARTBEAT"}')
        assert await feed.next() == {"type": "HEARTBEAT_ACK", "version": 3, "payload": {}}
    assert await in_database(lambda: list(Session.objects.values_list())) == before


@pytest.mark.parametrize("who", ["okafor", "lund", "alice", "staff"])
async def test_class_of_another_closes_with_4404(shared_cast: Cast, who: str) -> None:
    user = shared_cast.alice.user if who == "alice" else getattr(shared_cast, who)
    for class_id in ("room-12", "room-99"):
        async with watching(user, class_id) as feed:
            frames, code = await feed.closing()
        assert ([frame["payload"]["code"] for frame in frames], code) == (["not_found"], 4404)


async def test_signed_out_or_with_another_ticket_closes_with_4401(
    shared_cast: Cast,
) -> None:
    offers = [(), ("readerai.v1", "ticket.nothing")]
    for offered in offers:
        async with knock("/ws/classes/room-12", subprotocols=offered) as feed:
            frames, code = await feed.closing()
        assert ([frame["payload"]["code"] for frame in frames], code) == (["not_signed_in"], 4401)


async def test_browser_is_let_in_by_its_login_and_its_own_origin(shared_cast: Cast) -> None:
    cookie = await in_database(_cookie, shared_cast.rivera)
    for origin, code in ((b"http://localhost", None), (b"http://elsewhere", 4401)):
        headers = [(b"cookie", cookie), (b"origin", origin)]
        async with knock("/ws/classes/room-12", headers=headers) as feed:
            if code is None:
                assert await feed.snapshot() == []
            else:
                assert (await feed.closing())[1] == code


def _cookie(user: User) -> bytes:
    client = Client()
    client.force_login(user)
    client.get("/teachers/")
    return f"readerai_session={client.cookies['readerai_session'].value}".encode()
