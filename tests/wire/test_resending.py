"""Ids: the same id has the same answer, counts once, and ``lastId`` tells what is safe."""

from __future__ import annotations

import threading
from typing import Any

import msgspec
import pytest
from django.db import DatabaseError, OperationalError

from sessions_app.domain.earlier import Earlier, earlier_of
from sessions_app.domain.hand.commit import commit
from sessions_app.domain.hand.saving import save_all
from sessions_app.live import dispatch
from sessions_app.live.saving import batch, writing
from sessions_app.live.saving.database import in_database
from sessions_app.models import CheckpointAttempt, Event, Interruption, Session
from tests.services.anthropic_replies import says
from tests.services.anthropic_server import AnthropicServer
from tests.sessions_app.cast import AT_GLIMMER, Cast, start
from tests.sessions_app.messages.examples import EXAMPLES

from .socket import Frame, error, open_socket, reading
from .test_questions import claude as claude
from .test_questions import question
from .waiting import eventually


def everything(session: Session) -> tuple[Any, ...]:
    """What is stored of a session, but for when it was last touched."""
    row = Session.objects.get(pk=session.pk)
    return (
        row.status,
        row.hand_raised_at,
        row.committed_ids,
        row.log_length,
        bytes(row.sealed_state),
        list(Event.objects.filter(session=row).values_list("kind", "client_id")),
        list(CheckpointAttempt.objects.filter(session=row).values_list("number", "client_id")),
        list(Interruption.objects.filter(session=row).values_list("pk", "client_id", "status")),
    )


#: These answer as their moment has it; each has tests of its own.
_OF_THEIR_MOMENT = {"STUDENT_INTERRUPTION", "CANCEL_INTERRUPTION", "COMPLETE_SESSION"}
OTHERS: list[tuple[str, Frame]] = [
    (kind, msgspec.to_builtins(example)) for kind, example in EXAMPLES.items()
]
MESSAGES = [(kind, payload) for kind, payload in OTHERS if kind not in _OF_THEIR_MOMENT]


@pytest.mark.parametrize(("kind", "payload"), MESSAGES, ids=[kind for kind, _ in MESSAGES])
async def test_a_message_sent_again_is_answered_again_and_changes_nothing(
    cast: Cast, kind: str, payload: Frame
) -> None:
    session = await in_database(start, cast.alice, cast.lamp, AT_GLIMMER)
    async with reading(cast.alice, session) as socket:
        first = await socket.call(kind, payload, id=5)
        before = await in_database(everything, session)
        again = await socket.call(kind, payload, id=5)
        assert again == first | {"seq": first["seq"] + 1}
        assert await in_database(everything, session) == before
    async with reading(cast.alice, session) as socket:
        again = await socket.call(kind, payload, id=5)
        # Opening a socket made a paused session active; that is what it is now.
        status = {"status": "active"} if "status" in first["payload"] else first["payload"]
        assert again == socket.frame(first["type"], status, reply_to=5)


@pytest.mark.parametrize(("kind", "payload"), OTHERS, ids=[kind for kind, _ in OTHERS])
@pytest.mark.parametrize(
    ("first", "first_payload"),
    [
        ("READING_PROGRESS", {"wordIndex": 40}),
        ("RAISE_HAND", {}),
        ("REPEAT_AUDIO", {"fromWordIndex": 4}),
    ],
)
async def test_another_payload_under_the_same_id_changes_nothing(
    cast: Cast, first: str, first_payload: Frame, kind: str, payload: Frame
) -> None:
    session = await in_database(start, cast.alice, cast.lamp, AT_GLIMMER)
    async with reading(cast.alice, session) as socket:
        # The second comes before the first is saved, so it must not slip in between.
        await socket.send(first, first_payload, id=1)
        await socket.send(kind, payload, id=1)
        answer = await socket.next()
        assert answer["replyTo"] == 1
        await socket.quiet()
        stored = await in_database(everything, session)
    assert stored[0] == "active"
    assert [kind for kind, _ in stored[5]] == (
        ["started"]
        + ["hand_raised"] * (first == "RAISE_HAND")
        + ["repeated"] * (first == "REPEAT_AUDIO")
    )
    assert (stored[6], stored[7]) == ([], [])
    async with open_socket(cast.alice, session) as socket:
        word = (await socket.next())["payload"]["state"]["currentPosition"]["wordIndex"]
    assert word == {"READING_PROGRESS": 40, "RAISE_HAND": AT_GLIMMER, "REPEAT_AUDIO": 4}[first]


async def test_a_question_sent_again_is_asked_once(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        frames = await socket.until("INTERRUPTION_RESPONSE")
        for text in ("Tell me about the glimmer.", "Something else?"):
            await socket.send("STUDENT_INTERRUPTION", question(text), id=1)
            again = await socket.until("INTERRUPTION_RESPONSE")
            assert [frame["type"] for frame in again] == [
                "INTERRUPTION_ACKNOWLEDGED",
                "INTERRUPTION_RESPONSE",
            ]
            assert again[0]["payload"] == frames[1]["payload"]
            assert again[1]["payload"] == frames[-1]["payload"]
            assert {frame["replyTo"] for frame in again} == {1}
    assert await in_database(Interruption.objects.count) == 1


async def test_an_end_told_while_a_question_is_looked_up_comes_after_its_acknowledgement(
    cast: Cast,
    session: Session,
    claude: AnthropicServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever hears the acknowledgement last would wait for ever."""
    claude.queue(says("A glimmer is ", "a small light. ", "It ", "is so.", drip=0.2))
    whole = threading.Event()

    def look_slowly(*args: Any) -> Earlier:
        earlier = earlier_of(*args)
        assert whole.wait(20)
        return earlier

    monkeypatch.setattr(dispatch, "earlier_of", look_slowly)
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        text = (await socket.until("INTERRUPTION_DELTA"))[-1]["payload"]["text"]
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        while text != "A glimmer is a small light. It is so.":
            text += (await socket.next())["payload"]["text"]
        whole.set()
        assert (await socket.next())["type"] == "INTERRUPTION_ACKNOWLEDGED"
        assert (await socket.next())["type"] == "INTERRUPTION_RESPONSE"


async def test_cancelling_again_is_answered_again(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        acknowledged = (await socket.until("INTERRUPTION_ACKNOWLEDGED"))[-1]
        named = {"interruptionId": acknowledged["payload"]["interruptionId"]}
        await socket.until("INTERRUPTION_RESPONSE")
        # It is over: there is nothing to cancel any more.
        answer = await socket.call("CANCEL_INTERRUPTION", named, id=2)
        assert answer == error(socket, "bad_payload", reply_to=2, field="interruptionId")


async def test_an_answer_after_the_last_try_has_the_same_result_again(cast: Cast) -> None:
    session = await in_database(start, cast.alice, cast.lamp, AT_GLIMMER)
    answer = {"checkpointId": "glimmer", "answer": "a small light"}
    async with reading(cast.alice, session) as socket:
        right = await socket.call("CHECKPOINT_ANSWER", answer, id=1)
        late = await socket.call("CHECKPOINT_ANSWER", answer | {"answer": "a bee"}, id=2)
        assert late["payload"] == right["payload"]
        again = await socket.call("CHECKPOINT_ANSWER", answer | {"answer": "a bee"}, id=2)
        assert again == late | {"seq": late["seq"] + 1}
    assert await in_database(CheckpointAttempt.objects.count) == 1


async def test_last_id_is_the_highest_with_everything_before_it_committed(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        for message_id in (1, 2, 5):  # 3 and 4 never arrived
            await socket.call("HEARTBEAT", id=message_id)
    async with open_socket(cast.alice, session) as socket:
        assert (await socket.next())["payload"]["lastId"] == 5


async def test_a_message_that_was_too_fast_holds_last_id_back_until_it_is_sent_again(
    cast: Cast, session: Session
) -> None:
    async with reading(cast.alice, session) as socket:
        for message_id in range(1, 61):
            await socket.send("READING_PROGRESS", {"wordIndex": message_id % 20}, id=message_id)
        frames = await socket.until("ERROR")
        refused = frames[-1]["replyTo"]
        assert frames[-1] == error(socket, "too_fast", reply_to=refused)
        saved = (await socket.until("PROGRESS_SAVED"))[-1]["replyTo"]
        assert saved < refused

        async def taken() -> bool:
            """Sent until there is room again."""
            await socket.send("RAISE_HAND", id=100)
            answer = await socket.next()
            while answer.get("replyTo") != 100:
                answer = await socket.next()
            return bool(answer["type"] == "HAND")

        await eventually(taken, "room for a frame")
    async with reading(cast.alice, session) as socket:
        await socket.call("READING_PROGRESS", {"wordIndex": 3}, id=refused)
    async with open_socket(cast.alice, session) as socket:
        assert refused <= (await socket.next())["payload"]["lastId"] < 100


async def test_what_the_database_did_not_take_is_said_and_held_back(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise OperationalError("the database is away")

    async with reading(cast.alice, session) as socket:
        monkeypatch.setattr(writing, "commit", away)
        answer = await socket.call("RAISE_HAND", id=1)
        assert answer == error(socket, "internal", reply_to=1)
        monkeypatch.setattr(writing, "commit", commit)
        await socket.call("PAUSE_SESSION", id=2)
    async with reading(cast.alice, session) as socket:
        assert (await socket.call("RAISE_HAND", id=1))["payload"] == {"raised": True}
    async with open_socket(cast.alice, session) as socket:
        assert (await socket.next())["payload"]["lastId"] == 2


async def test_last_id_stays_below_what_was_not_saved(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise DatabaseError("the database is away")

    async with reading(cast.alice, session) as socket:
        await socket.call("HEARTBEAT", id=1)
        monkeypatch.setattr(writing, "commit", away)
        await socket.call("RAISE_HAND", id=2)
        monkeypatch.setattr(writing, "commit", commit)
        await socket.call("PAUSE_SESSION", id=3)
    async with open_socket(cast.alice, session) as socket:
        assert (await socket.next())["payload"]["lastId"] == 1


async def test_progress_waits_while_the_database_is_away(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is acknowledged before it is committed; then all of it is."""
    failures = [OperationalError("away")] * 2

    def once_away(*args: Any, **kwargs: Any) -> Any:
        if failures:
            raise failures.pop()
        return save_all(*args, **kwargs)

    monkeypatch.setattr(batch, "save_all", once_away)
    async with reading(cast.alice, session) as socket:
        await socket.send("READING_PROGRESS", {"wordIndex": 7}, id=1)
        answer = await socket.next()
        assert (answer["type"], answer["replyTo"]) == ("PROGRESS_SAVED", 1)
        assert failures == []
