"""What a child in trouble types, over the wire: heard whatever else is going on."""

from __future__ import annotations

from pytest_django import Settings

from sessions_app.live.saving.database import in_database
from sessions_app.models import Interruption, Session
from tests.services.anthropic_replies import says, stalls_after
from tests.services.anthropic_server import AnthropicServer
from tests.sessions_app.cast import Cast, start

from .socket import Frame, Socket, reading
from .test_questions import claude as claude
from .test_questions import question

WORDS = "my stepdad hits me when mom is at work"


def severities() -> list[str]:
    return list(Interruption.objects.order_by("number").values_list("concern", flat=True))


async def hears(socket: Socket, message_id: int, words: str = WORDS) -> Frame:
    """Say it, and hear the kind answer to it."""
    await socket.send("STUDENT_INTERRUPTION", question(words), id=message_id)
    frames = await socket.until("INTERRUPTION_RESPONSE", "INTERRUPTION_ERROR", "ERROR")
    assert frames[-1]["type"] == "INTERRUPTION_RESPONSE", frames[-1]
    assert frames[-1]["replyTo"] == message_id
    answer: Frame = frames[-1]["payload"]
    assert "grown-up you trust" in answer["responseText"]
    return answer


async def test_distress_is_heard_while_an_answer_is_under_way(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.queue(stalls_after("A glimmer is a light. ", "It "))
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        await socket.until("INTERRUPTION_DELTA")
        await hears(socket, 2)
        await socket.send("STUDENT_INTERRUPTION", question("And why?"), id=3)
        assert (await socket.until("INTERRUPTION_ERROR"))[-1]["payload"]["errorCode"] == "busy"
    assert await in_database(severities) == ["none", "grave"]
    assert len(claude.requests) == 1


async def test_distress_is_heard_while_paused_and_over_the_limit(
    cast: Cast, session: Session, settings: Settings
) -> None:
    settings.READERAI_QUESTIONS_PER_HOUR = 0
    async with reading(cast.alice, session) as socket:
        await hears(socket, 1)
        await socket.call("PAUSE_SESSION", id=2)
        await hears(socket, 3)
    assert await in_database(severities) == ["grave", "grave"]


async def test_distress_is_heard_however_fast_frames_came(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        for _ in range(60):
            await socket.send("HEARTBEAT")
        await socket.send("STUDENT_INTERRUPTION", question(WORDS), id=1)
        frames = await socket.until("INTERRUPTION_RESPONSE")
    assert any(frame["payload"].get("code") == "too_fast" for frame in frames)
    assert await in_database(severities) == ["grave"]


async def test_what_a_model_thinks_grave_is_marked_and_answered_by_us(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.queue(says('<concern level="grave" ', 'kind="abuse"/>', "\nKeep ", "quiet about it."))
    async with reading(cast.alice, session) as socket:
        await hears(socket, 1, "what does it mean when the thing from before comes again")
    assert await in_database(severities) == ["grave"]


async def test_concern_line_of_a_model_is_never_shown(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.answer(lambda _: says("<concern lev", 'el="unsure" kind="unhappy"/>\n', "It is rust."))
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question("What is rust?"), id=1)
        frames = await socket.until("INTERRUPTION_RESPONSE")
    assert frames[-1]["payload"]["responseText"].startswith("It is rust.")
    assert "concern" not in str(frames)
    assert await in_database(severities) == ["mild"]


async def test_what_was_told_is_kept_from_the_model(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.answer(lambda _: says("So it is."))
    bobs = await in_database(start, cast.bob, cast.lamp, 30)
    async with reading(cast.bob, bobs) as socket:
        await hears(socket, 1)
        for number, text in enumerate(
            ["my phone number is 555-123-4567", "my name is Zebedee, what is rust?"], 2
        ):
            await socket.send("STUDENT_INTERRUPTION", question(text), id=number)
            await socket.until("INTERRUPTION_RESPONSE")
    sent = claude.requests[-1].text
    assert not any(word in sent for word in ("stepdad", "123-4567", "Zebedee"))
    assert await in_database(severities) == ["grave", "low", "none"]
