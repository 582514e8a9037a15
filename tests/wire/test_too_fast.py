"""Progress that came too fast is superseded by the next that is saved."""

from __future__ import annotations

import asyncio

import pytest
from pytest_django import Settings

from sessions_app.models import Session
from tests.sessions_app.cast import Cast
from tests.sessions_app.domain.test_progress import row_held
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


async def test_what_was_refused_behind_a_full_queue_is_stood_for_too(
    cast: Cast, session: Session, settings: Settings
) -> None:
    """The queue still holds older messages when newer ones are refused."""
    settings.READERAI_RATE_LIMITS = False
    async with reading(cast.alice, session) as socket:
        with row_held(session.pk):
            await socket.send("RAISE_HAND", id=1)
            await asyncio.sleep(0.3)  # at work now, and waiting for the row
            for message_id in range(2, 202):
                await socket.send("READING_PROGRESS", {"wordIndex": message_id % 20}, id=message_id)
            refused = (await socket.until("ERROR"))[-1]
            assert refused["payload"]["code"] == "too_fast"
        while (await socket.until("PROGRESS_SAVED"))[-1]["replyTo"] < refused["replyTo"] - 1:
            pass
        await socket.send("READING_PROGRESS", {"wordIndex": 21}, id=202)
        while (await socket.until("PROGRESS_SAVED"))[-1]["replyTo"] != 202:
            pass
    async with open_socket(cast.alice, session) as socket:
        assert (await socket.next())["payload"]["lastId"] == 202
