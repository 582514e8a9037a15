"""Progress that came too fast is superseded by the next that is saved."""

from __future__ import annotations

import asyncio

import pytest

from sessions_app.models import Session
from tests.sessions_app.cast import Cast
from tests.wire.socket import open_socket, reading

pytestmark = pytest.mark.django_db(transaction=True)


async def test_saved_progress_stands_for_what_was_refused_before_it(
    cast: Cast, session: Session
) -> None:
    """`PROGRESS_SAVED` names the highest id: what it is the answer to must be true of all below."""
    async with reading(cast.alice, session) as socket:
        for message_id in range(1, 61):
            await socket.send("READING_PROGRESS", {"wordIndex": message_id % 20}, id=message_id)
        await socket.until("PROGRESS_SAVED")
        await asyncio.sleep(1)
        await socket.send("READING_PROGRESS", {"wordIndex": 21}, id=61)
        frames = await socket.until("PROGRESS_SAVED")
        assert frames[-1]["replyTo"] == 61
    async with open_socket(cast.alice, session) as socket:
        assert (await socket.next())["payload"]["lastId"] == 61
