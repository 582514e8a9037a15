"""Asking, being answered, and everything that can come between."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pytest_django import Settings

from library.book_structure import book_structure
from sessions_app.live.saving.database import in_database
from sessions_app.models import Interruption, ModelUse, Session
from sessions_app.tutor.breaker import CircuitBreaker
from tests.services.anthropic_replies import (
    Reply,
    broken,
    cut_after,
    ends_without_stop,
    hangs,
    malformed,
    overloaded,
    refusal,
    says,
    stalls_after,
    wrong_key,
)
from tests.services.anthropic_server import AnthropicServer
from tests.sessions_app.cast import Cast, start

from .socket import Frame, Socket, error, open_socket, reading
from .waiting import eventually


def question(text: str = "Tell me about the glimmer.", at: int = 26, **context: Any) -> Frame:
    place = {"book": "the-lamp", "currentWordIndex": at, "currentSentence": "A glimmer is light."}
    return {"questionText": text, "context": place | context}


def text_of(frames: list[Frame]) -> str:
    """What a child sees of an answer: its pieces, begun anew with index 0."""
    shown = ""
    for frame in frames:
        if frame["type"] == "INTERRUPTION_DELTA":
            piece = frame["payload"]
            shown = piece["text"] if piece["index"] == 0 else shown + piece["text"]
    return shown


@pytest.fixture
def claude(anthropic_server: AnthropicServer, settings: Settings) -> AnthropicServer:
    """The real SDK against a local server, for a process that is yet to start."""
    settings.ANTHROPIC_API_KEY = "test"
    settings.ANTHROPIC_BASE_URL = anthropic_server.url
    return anthropic_server


async def test_a_question_is_acknowledged_streamed_and_answered(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.queue(says("A glimmer is ", "a very small light."))
    async with reading(cast.alice, session) as socket:
        pause = await socket.call("STUDENT_INTERRUPTION", question(audioTimestamp=9.5), id=1)
        assert pause == socket.frame(
            "PAUSE_AUDIO",
            {"reason": "student_interruption", "atWordIndex": 0, "atTimestamp": 0.0},
            reply_to=1,
        )
        acknowledged = await socket.next()
        interruption = acknowledged["payload"]["interruptionId"]
        assert acknowledged == socket.frame(
            "INTERRUPTION_ACKNOWLEDGED",
            {"interruptionId": interruption, "pausedAtWordIndex": 0, "pausedAtTimestamp": 0.0},
            reply_to=1,
        )
        frames = await socket.until("INTERRUPTION_RESPONSE")
        answer = frames[-1]["payload"]
        assert frames[-1] == socket.frame("INTERRUPTION_RESPONSE", answer, reply_to=1)
        assert {frame["type"] for frame in frames[:-1]} == {"INTERRUPTION_DELTA"}
        assert [frame["payload"]["index"] for frame in frames[:-1]] == list(range(len(frames) - 1))
        assert text_of(frames) == answer["responseText"] == "A glimmer is a very small light."
        assert answer["interruptionId"] == interruption
        # The last word of the sentence that the child is in: nothing beyond it was sent.
        assert answer["visibleToWordIndex"] == 30
        assert "held her breath" not in claude.requests[0].text
        assert "woke inside" in claude.requests[0].text
        assert answer["answeredBy"] != "offline"
        assert {"text", "action"} == set().union(*answer["suggestions"])
    row = await in_database(Interruption.objects.get, session=session)
    assert row.status == "answered"


async def test_a_tapped_word_does_not_move_the_place(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.call("READING_PROGRESS", {"wordIndex": 5}, id=1)
        tapped = question("rust", at=12) | {"interruptionType": "word"}
        pause = await socket.call("STUDENT_INTERRUPTION", tapped, id=2)
        assert pause["payload"]["atWordIndex"] == 5
        answer = (await socket.until("INTERRUPTION_RESPONSE"))[-1]["payload"]
        assert answer["answeredBy"] == "offline"
        assert answer["structuredData"]["word"] == "rust"
        assert "Old brown metal skin." in answer["structuredData"]["definition"]


async def test_an_answer_is_in_the_state_afterwards(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        answer = (await socket.until("INTERRUPTION_RESPONSE"))[-1]["payload"]
    async with open_socket(cast.alice, session) as socket:
        payload = (await socket.next())["payload"]
        assert "openInterruption" not in payload
        (record,) = payload["state"]["interruptions"]
        assert len(record.pop("timestamp")) == 24
        assert record == {
            "interruptionId": answer["interruptionId"],
            "question": "Tell me about the glimmer.",
            "response": answer["responseText"],
            "wordIndex": 26,
            "status": "answered",
        }


async def test_one_question_at_a_time(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.queue(stalls_after("A glimmer is a light. ", "It "))
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        await socket.until("INTERRUPTION_DELTA")
        busy = await socket.call("STUDENT_INTERRUPTION", question("And a bee?"), id=2)
        assert busy == socket.frame(
            "INTERRUPTION_ERROR",
            {
                "errorCode": "busy",
                "userMessage": "One question at a time. I am still on the last one.",
                "fallbackAction": "continue",
            },
            reply_to=2,
        )
        # Progress is saved while a question is open.
        saved = await socket.call("READING_PROGRESS", {"wordIndex": 28}, id=3)
        assert (saved["type"], saved["replyTo"]) == ("PROGRESS_SAVED", 3)


@pytest.mark.parametrize("book", ["the-lamp", "The Lamp", " the lamp ", "THE-LAMP"])
async def test_the_book_may_be_named_by_id_or_title(
    cast: Cast, session: Session, book: str
) -> None:
    async with reading(cast.alice, session) as socket:
        answer = await socket.call("STUDENT_INTERRUPTION", question(book=book), id=1)
        assert answer["type"] == "PAUSE_AUDIO"


@pytest.mark.parametrize("book", ["our-hill", "", "the", "x" * 5000])
async def test_another_book_is_an_invalid_context(cast: Cast, session: Session, book: str) -> None:
    async with reading(cast.alice, session) as socket:
        answer = await socket.call("STUDENT_INTERRUPTION", question(book=book), id=1)
        assert (answer["type"], answer["replyTo"]) == ("INTERRUPTION_ERROR", 1)
        assert answer["payload"]["errorCode"] == "invalid_context"
        assert await socket.quiet() == []


@pytest.mark.parametrize("payload", [question(" \n "), question(""), question(at=117)])
async def test_an_empty_question_or_one_outside_the_book_is_a_bad_payload(
    cast: Cast, session: Session, payload: Frame
) -> None:
    async with reading(cast.alice, session) as socket:
        answer = await socket.call("STUDENT_INTERRUPTION", payload, id=1)
        field = answer["payload"]["field"]
        assert field in {"questionText", "context.currentWordIndex"}
        assert answer == error(socket, "bad_payload", reply_to=1, field=field)


async def test_questions_are_limited_per_student_and_hour(
    cast: Cast, session: Session, settings: Settings
) -> None:
    settings.READERAI_QUESTIONS_PER_HOUR = 1
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        await socket.until("INTERRUPTION_RESPONSE")
    other = await in_database(start, cast.alice, cast.lamp, 30)
    async with reading(cast.alice, other) as socket:
        answer = await socket.call("STUDENT_INTERRUPTION", question(), id=1)
        assert answer["payload"]["errorCode"] == "limit_reached"
    bobs = await in_database(start, cast.bob, cast.lamp, 30)
    async with reading(cast.bob, bobs) as socket:
        assert (await socket.call("STUDENT_INTERRUPTION", question(), id=1))[
            "type"
        ] == "PAUSE_AUDIO"


async def test_cancelling_ends_the_question_and_the_call(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.queue(stalls_after("A glimmer is a light. ", "It "), says("A bee hums."))
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        opened = (await socket.until("INTERRUPTION_DELTA"))[-1]["payload"]["interruptionId"]
        cancelled = await socket.call("CANCEL_INTERRUPTION", {"interruptionId": opened}, id=2)
        assert cancelled == socket.frame(
            "INTERRUPTION_ERROR",
            {
                "errorCode": "cancelled",
                "userMessage": "All right, we leave that question.",
                "fallbackAction": "continue",
                "interruptionId": opened,
            },
            reply_to=2,
        )
        await asyncio.to_thread(claude.wait_for_disconnects)
        await socket.send("STUDENT_INTERRUPTION", question("What hums?"), id=3)
        answer = (await socket.until("INTERRUPTION_RESPONSE"))[-1]
        assert answer["payload"]["responseText"] == "A bee hums."
    rows = await in_database(lambda: list(Interruption.objects.values_list("status", flat=True)))
    assert rows == ["cancelled", "answered"]


async def test_only_an_own_open_question_can_be_cancelled(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.queue(stalls_after("A glimmer is a light. ", "It "))
    bobs = await in_database(start, cast.bob, cast.lamp, 30)
    async with reading(cast.bob, bobs) as his, reading(cast.alice, session) as socket:
        await his.send("STUDENT_INTERRUPTION", question(), id=1)
        theirs = (await his.until("INTERRUPTION_DELTA"))[-1]["payload"]["interruptionId"]
        for message_id, named in ((1, theirs), (2, "interruption-none"), (3, "")):
            answer = await socket.call(
                "CANCEL_INTERRUPTION", {"interruptionId": named}, id=message_id
            )
            assert answer == error(
                socket, "bad_payload", reply_to=message_id, field="interruptionId"
            )
    assert (await in_database(Interruption.objects.get)).status == "pending"


@pytest.mark.parametrize(
    "replies",
    [
        [broken()] * 4,
        [wrong_key()],
        [cut_after("A glimmer is a kind of")],
        [ends_without_stop("A glimmer is a kind of")],
        [malformed("A glimmer is a kind of")],
        [overloaded("A glimmer is a kind of")],
        [refusal("A glimmer is a kind of")],
        [hangs()],
        [stalls_after("A glimmer is a kind of lamp. ", "It ")],
        [says("What is your last name?")] * 2,
    ],
    ids=[
        "broken", "wrong key", "cut", "no stop", "malformed", "overloaded", "declined", "silent",
        "stalled", "unfit",
    ],
)  # fmt: skip
async def test_when_the_model_fails_the_offline_tutor_answers(
    cast: Cast,
    session: Session,
    claude: AnthropicServer,
    replies: list[Reply],
    settings: Settings,
) -> None:
    settings.READERAI_TUTOR_FIRST_SECONDS = settings.READERAI_TUTOR_GAP_SECONDS = 2
    claude.queue(*replies)
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        frames = await socket.until("INTERRUPTION_RESPONSE", "INTERRUPTION_ERROR")
        answer = frames[-1]["payload"]
        assert answer["answeredBy"] == "offline"
        # What was shown of the broken answer is replaced from index 0 on.
        assert text_of(frames) == answer["responseText"]
        assert "a kind of" not in answer["responseText"]


async def test_an_answer_goes_on_while_the_child_is_away(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.queue(says("One. ", "Two. ", "Three. ", "Four. ", "Five.", drip=0.2))
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        seen = await socket.until("INTERRUPTION_DELTA")
    async with open_socket(cast.alice, session) as socket:
        restored = (await socket.next())["payload"]
        opened = restored["openInterruption"]
        assert opened["question"] == "Tell me about the glimmer."
        assert opened["wordIndex"] == 26
        assert opened["textSoFar"].startswith(text_of(seen))
        frames = await socket.until("INTERRUPTION_RESPONSE")
        pieces = [frame["payload"] for frame in frames[:-1]]
        first = opened["nextIndex"]
        assert [piece["index"] for piece in pieces] == list(range(first, first + len(pieces)))
        shown = opened["textSoFar"] + "".join(piece["text"] for piece in pieces)
        assert shown == frames[-1]["payload"]["responseText"] == "One. Two. Three. Four. Five."
        assert frames[-1]["replyTo"] == 1
    assert len(claude.requests) == 1


async def test_an_answer_finished_while_away_is_in_the_state(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.queue(says("One. ", "Two.", drip=0.2))
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        await socket.until("INTERRUPTION_ACKNOWLEDGED")

    async def answered() -> bool:
        return await in_database(Interruption.objects.filter(status="answered").exists)

    await eventually(answered, "the answer")
    async with open_socket(cast.alice, session) as socket:
        payload = (await socket.next())["payload"]
        assert "openInterruption" not in payload
        assert payload["state"]["interruptions"][0]["response"] == "One. Two."
        # A resent question is answered with its acknowledgement and its end.
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        frames = await socket.until("INTERRUPTION_RESPONSE")
        assert [frame["type"] for frame in frames] == [
            "INTERRUPTION_ACKNOWLEDGED",
            "INTERRUPTION_RESPONSE",
        ]
        assert frames[-1]["payload"]["responseText"] == "One. Two."


async def test_completing_cancels_an_open_question(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.queue(stalls_after("A glimmer is a light. ", "It "))
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        await socket.until("INTERRUPTION_DELTA")
        assert (await socket.call("COMPLETE_SESSION", id=2))["replyTo"] == 2
        assert await socket.closing() == ([], 1000)
    await asyncio.to_thread(claude.wait_for_disconnects)
    assert (await in_database(Interruption.objects.get)).status == "cancelled"


async def ask(socket: Socket, text: str, message_id: int) -> Frame:
    await socket.send("STUDENT_INTERRUPTION", question(text), id=message_id)
    answer: Frame = (await socket.until("INTERRUPTION_RESPONSE"))[-1]["payload"]
    return answer


async def test_earlier_questions_of_this_session_are_told_and_no_others(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    claude.answer(lambda request: says("So it is."))
    bobs = await in_database(start, cast.bob, cast.lamp, 30)
    async with reading(cast.bob, bobs) as socket:
        await ask(socket, "Where is Bob's marble?", 1)
    async with reading(cast.alice, session) as socket:
        await ask(socket, "Is rust green?", 1)
        await ask(socket, "And why?", 2)
    assert "Is rust green?" in claude.requests[2].text
    assert "marble" not in claude.requests[1].text + claude.requests[2].text


async def test_a_child_in_trouble_is_led_to_a_grown_up(cast: Cast, session: Session) -> None:
    async with reading(cast.alice, session) as socket:
        await ask(socket, "I want to hurt myself", 1)
    assert (await in_database(Interruption.objects.get)).concern == "grave"


async def test_a_service_that_came_back_is_asked_again(
    cast: Cast, session: Session, claude: AnthropicServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the answering itself, which takes the answer and never comes back for more."""
    defaults = CircuitBreaker.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "open_seconds", 0.0)
    claude.queue(*[wrong_key()] * 3)
    claude.answer(lambda _: says("A bee hums."))
    by = []
    async with reading(cast.alice, session) as socket:
        for message_id in range(1, 7):
            await socket.send("STUDENT_INTERRUPTION", question(), id=message_id)
            answer = (await socket.until("INTERRUPTION_RESPONSE"))[-1]["payload"]
            by.append(answer["answeredBy"] == "offline")
    assert by == [True] * 3 + [False] * 3


async def test_what_an_answer_took_is_kept_with_it_and_for_the_schools_day(
    cast: Cast, session: Session, claude: AnthropicServer, settings: Settings
) -> None:
    settings.READERAI_TUTOR_PRICE = (100.0, 500.0)
    settings.READERAI_TUTOR_CENTS_A_DAY = 1
    claude.answer(lambda _: says("A bee hums.", usage={"input_tokens": 100}))
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        await socket.until("INTERRUPTION_RESPONSE")

        async def is_spent() -> bool:
            return await in_database(ModelUse.objects.filter(microdollars=14_500).exists)

        await eventually(is_spent, "the school's use of the model")
        await socket.send("STUDENT_INTERRUPTION", question(), id=2)
        answer = (await socket.until("INTERRUPTION_RESPONSE"))[-1]["payload"]
    assert (answer["answeredBy"], len(claude.requests)) == ("offline", 1)
    rows = await in_database(
        lambda: list(Interruption.objects.order_by("number").values_list("microdollars", flat=True))
    )
    assert rows == [14_500, 0]


async def test_an_answer_that_tells_what_comes_is_never_shown(
    cast: Cast, session: Session, claude: AnthropicServer
) -> None:
    later = await in_database(lambda: book_structure(cast.lamp.pk).words_between(31, 45))
    claude.answer(
        lambda _: says("A glimmer is a light. ", f"Then {' '.join(later)} ", "and so on.")
    )
    async with reading(cast.alice, session) as socket:
        await socket.send("STUDENT_INTERRUPTION", question(), id=1)
        frames = await socket.until("INTERRUPTION_RESPONSE")
    assert frames[-1]["payload"]["answeredBy"] == "offline"
    assert " ".join(later[:4]) not in str(frames)
    assert len(claude.requests) == 2
