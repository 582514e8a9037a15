"""Whatever a client sends, its socket stays open, says so in the contract's words, and answers.

`FUZZ_FRAMES=100000 pytest tests/wire/test_fuzz.py` sends as many frames; the default is short.
"""

from __future__ import annotations

import json
import logging
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import Settings

from sessions_app.domain import audit
from sessions_app.live.saving.database import in_database
from sessions_app.messages import MESSAGES
from sessions_app.models import Session
from tests.sessions_app.cast import Cast, start

from .socket import Socket, SocketClosed, reading

BATCH = 40
FRAMES = int(os.environ.get("FUZZ_FRAMES", "400"))
CODES = {"bad_json", "unknown_type", "bad_payload", "wrong_session", "not_active", "too_fast"}

_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)
_word = st.integers(-2, 130) | _anything
_text = st.sampled_from(
    ["What is rust?", "a small light", "", "\0", "\ud800", "the-lamp", "glimmer"]
)
_context = st.fixed_dictionaries(
    {"book": _text, "currentWordIndex": _word, "currentSentence": _text},
    optional={"surroundingText": _text, "audioTimestamp": st.floats() | st.none()},
)
_payload = st.fixed_dictionaries(
    {},
    optional={
        "wordIndex": _word,
        "fromWordIndex": _word,
        "questionText": _text,
        "context": _context | _anything,
        "interruptionId": _text,
        "checkpointId": _text,
        "answer": _text | _anything,
        "rate": st.floats(0, 11) | _anything,
        "isPlaying": st.booleans() | _anything,
        "audioTimestamp": st.floats(0, 100) | _anything,
        "reason": st.sampled_from(["missed", "bored", None]),
        "timeSpent": st.floats() | _anything,
    },
)
_kinds = st.sampled_from([kind for kind in MESSAGES if kind != "COMPLETE_SESSION"])
_frame = st.fixed_dictionaries(
    {"type": _kinds | _anything, "sessionId": st.just("MINE") | _anything},
    optional={"id": st.integers(0, 500) | _anything, "payload": _payload | _anything},
)
_likely = st.fixed_dictionaries(
    {"type": _kinds, "sessionId": st.just("MINE"), "payload": _payload},
    optional={"id": st.integers(1, 500)},
)
_raw = st.one_of(_likely, _frame, _anything).map(json.dumps) | st.text(max_size=60)


async def send_all(socket: Socket, frames: list[str]) -> None:
    for text in frames:
        await socket.send_text(text.replace("MINE", socket.session_id))
    await socket.send("HEARTBEAT", {"mine": "last"}, id=2**53 - 1)


async def hear_all(socket: Socket) -> list[dict[str, Any]]:
    """Everything up to the answer to the last frame."""
    heard = [await socket.next()]
    while heard[-1].get("replyTo") != 2**53 - 1:
        heard.append(await socket.next())
    return heard


@pytest.fixture
def unlimited(settings: Settings) -> None:
    """Once for all examples: each change of a setting lies on top of the one before."""
    settings.READERAI_RATE_LIMITS = False


@pytest.mark.usefixtures("unlimited")
@given(frames=st.lists(_raw, min_size=BATCH, max_size=BATCH))
@examples(
    max_examples=max(1, FRAMES // BATCH),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
async def test_no_frame_breaks_a_connection(
    cast: Cast, caplog: pytest.LogCaptureFixture, frames: list[str]
) -> None:
    caplog.set_level(logging.ERROR)
    session = await in_database(start, cast.alice, cast.lamp)
    async with reading(cast.alice, session) as socket:
        await send_all(socket, frames)
        try:
            heard = await hear_all(socket)
        except SocketClosed as closed:
            pytest.fail(f"closed with {closed.code} after {frames!r}")
        codes = {frame["payload"]["code"] for frame in heard if frame["type"] == "ERROR"}
        assert codes <= CODES, frames
    assert caplog.records == []
    row = await in_database(Session.objects.select_related("key").get, pk=session.pk)
    assert (await in_database(audit.verify, row)).sound
