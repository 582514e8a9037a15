"""Claude's answers over the real SDK, from a local server that also does what goes wrong."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from contextlib import aclosing
from typing import Any, cast

import pytest

from sessions_app.tutor.claude.options import DEFAULT_MODEL, ModelOptions
from sessions_app.tutor.claude.reply import MAX_CHARACTERS
from sessions_app.tutor.claude.tutor import ClaudeTutor
from sessions_app.tutor.claude.usage import Price
from sessions_app.tutor.types import (
    OFFLINE,
    Answer,
    AnswerBlocked,
    AnswerUnfit,
    Definition,
    RequestRefused,
    Restart,
    TextDelta,
    TutorError,
    TutorTimeout,
    TutorUnavailable,
    Usage,
)
from tests.services import anthropic_replies as replies
from tests.services.anthropic_server import AnthropicServer
from tests.sessions_app.tutor.stories import AHEAD, ask, everything, words_at


def tutor_at(server: AnthropicServer, **options: Any) -> ClaudeTutor:
    """A tutor that asks this server."""
    known: dict[str, Any] = {"base_url": server.url, "backoff_s": 0.001}
    return ClaudeTutor(api_key="test-key", options=ModelOptions(**known | options))


@pytest.fixture
async def tutor(anthropic_server: AnthropicServer) -> AsyncIterator[ClaudeTutor]:
    made = tutor_at(anthropic_server)
    yield made
    await made.aclose()


@pytest.fixture
async def hasty_tutor(anthropic_server: AnthropicServer) -> AsyncIterator[ClaudeTutor]:
    made = tutor_at(anthropic_server, first_s=0.3, gap_s=0.3, whole_s=1.5)
    yield made
    await made.aclose()


async def error_of(answer: Awaitable[object], kind: type[TutorError]) -> str:
    with pytest.raises(kind) as raised:
        await answer
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    return str(raised.value)


async def test_an_answer_streams_in_pieces_and_ends_whole(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.queue(
        replies.says(
            "The wind had gone ", "away. So", " the sails", " stopped. Bram", " is sad.", drip=0.06
        )
    )
    before, answer = await everything(tutor, ask("Why did the sails stop?"))
    assert before == [
        TextDelta("The wind had gone away."),
        TextDelta(" So the sails stopped."),
        TextDelta(" Bram is sad."),
    ]
    assert answer == Answer(
        text="The wind had gone away. So the sails stopped. Bram is sad.",
        response_type="explanation",
        answered_by=DEFAULT_MODEL,
        visible_to_word_index=ask("").visible_to_word_index,
        suggestions=answer.suggestions,
        usage=Usage(input_tokens=12, output_tokens=14),
    )
    assert [suggestion.action for suggestion in answer.suggestions] == [
        "continue",
        "ask_more",
        "repeat",
    ]


async def test_quotes_are_cited_where_they_stand(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    question = ask("Why did Gusta hide the wind?")
    anthropic_server.queue(replies.says("She says: “It blew my feathers about”."))
    _, answer = await everything(tutor, question)
    (citation,) = answer.citations
    assert words_at(question, citation.word_index, citation.length) == "it blew my feathers about.”"


async def test_a_word_gets_a_definition(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.queue(replies.says("To hiss is to make a long s. ", "For example, geese do."))
    _, answer = await everything(tutor, ask("hissed", kind="word"))
    assert answer.response_type == "mixed"
    assert isinstance(answer.structured, Definition)
    assert (answer.structured.word, answer.structured.definition) == (
        "hissed",
        "To hiss is to make a long s.",
    )


async def test_the_request_holds_only_what_was_read(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.queue(replies.says("Yes."))
    await everything(tutor, ask("Is Gusta a goose?"))
    (request,) = anthropic_server.wait_for_requests(1)
    assert request.body["model"] == DEFAULT_MODEL
    assert request.body["stream"] is True
    *_, first, last = request.body["messages"][0]["content"]
    assert first["cache_control"] == {"type": "ephemeral"}
    assert "Nora lived in a windmill" in first["text"]
    assert "cache_control" not in last
    assert request.body["thinking"] == {"type": "disabled"}
    assert "Is Gusta a goose?" in last["text"]
    assert AHEAD not in request.text


async def test_markup_is_taken_out_across_pieces(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.queue(
        replies.says(
            "A *",
            "*garret*",
            "* is a ro",
            "om. See [he",
            "re](http",
            "s://x.io/a).",
            " <",
            "b>Ok</b>",
        )
    )
    _, answer = await everything(tutor, ask("What is a garret?"))
    assert answer.text == "A garret is a room. See here. Ok"


@pytest.mark.parametrize(
    "reply",
    [
        replies.broken(), replies.full(), replies.too_many(0), replies.overloaded(),
        replies.cut_after(), replies.malformed(),
    ],
    ids=["500", "529", "429", "error event", "cut", "malformed"],
)  # fmt: skip
async def test_a_failure_before_the_first_token_is_tried_again(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor, reply: replies.Reply
) -> None:
    anthropic_server.queue(reply, replies.says("Well."))
    _, answer = await everything(tutor, ask("Why?"))
    assert answer.text == "Well."
    assert len(anthropic_server.requests) == 2


@pytest.mark.parametrize(
    "reply",
    [
        replies.overloaded("Half an "), replies.cut_after("Half an "),
        replies.malformed("Half an "), replies.ends_without_stop("Half an "),
    ],
    ids=["error event", "cut", "malformed", "no stop reason"],
)  # fmt: skip
async def test_a_failure_after_the_first_token_is_not_tried_again(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor, reply: replies.Reply
) -> None:
    anthropic_server.queue(reply, replies.says("Never asked for."))
    await error_of(everything(tutor, ask("Why?")), TutorUnavailable)
    assert len(anthropic_server.requests) == 1


@pytest.mark.parametrize(
    ("reply", "requests"),
    [(replies.wrong_key(), 1), (replies.too_many(120), 1), (replies.empty(), 1)],
    ids=["401", "wait two minutes", "empty"],
)
async def test_what_waiting_cannot_mend_fails_at_once(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor, reply: replies.Reply, requests: int
) -> None:
    anthropic_server.queue(reply, replies.says("Never asked for."))
    await error_of(everything(tutor, ask("Why?")), TutorUnavailable)
    assert len(anthropic_server.requests) == requests


async def test_it_gives_up_after_three_tries(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.answer(lambda _: replies.broken())
    await error_of(everything(tutor, ask("Why?")), TutorUnavailable)
    assert len(anthropic_server.requests) == 3


@pytest.mark.parametrize(
    "reply",
    [
        replies.hangs(), replies.stalls_after(), replies.stalls_after("Half an "),
        replies.says(*["and "] * 100, drip=0.02), replies.too_many(2),
    ],
    ids=["hangs", "begins only", "stalls", "drips", "told to wait past the deadline"],
)  # fmt: skip
async def test_words_that_do_not_come_in_time_are_given_up(
    anthropic_server: AnthropicServer, hasty_tutor: ClaudeTutor, reply: replies.Reply
) -> None:
    anthropic_server.queue(reply)
    await error_of(everything(hasty_tutor, ask("Why?")), TutorTimeout)


async def test_nobody_there_is_unavailable() -> None:
    options = ModelOptions(base_url="http://127.0.0.1:1", backoff_s=0.001)
    tutor = ClaudeTutor(api_key="k", options=options)
    await error_of(everything(tutor, ask("Why?")), TutorUnavailable)
    await tutor.aclose()


async def test_errors_hold_no_words_of_the_child(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.answer(
        lambda request: replies.refused(400, "invalid_request_error", request.text[:500])
    )
    message = await error_of(everything(tutor, ask("Why is zebracadabra?")), RequestRefused)
    assert "zebracadabra" not in message
    assert message == "no answer: BadRequestError"


async def test_a_refusal_is_blocked(anthropic_server: AnthropicServer, tutor: ClaudeTutor) -> None:
    anthropic_server.queue(replies.refusal("I"))
    await error_of(everything(tutor, ask("Why?")), AnswerBlocked)


async def test_running_out_of_tokens_keeps_whole_sentences(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.queue(
        replies.says("It stopped. ", "The wind was aw", stop_reason="max_tokens")
    )
    _, answer = await everything(tutor, ask("Why?"))
    assert answer.text == "It stopped."


async def test_running_out_in_the_first_sentence_shows_that_more_was_meant(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.queue(replies.says("The wind was aw", stop_reason="max_tokens"))
    _, answer = await everything(tutor, ask("Why?"))
    assert answer.text == "The wind was aw…"


async def test_a_huge_answer_is_cut(anthropic_server: AnthropicServer, tutor: ClaudeTutor) -> None:
    anthropic_server.queue(replies.huge(8_000_000))
    _, answer = await everything(tutor, ask("Why?"))
    assert len(answer.text) < MAX_CHARACTERS
    await asyncio.to_thread(anthropic_server.wait_for_disconnects, 1)


async def test_an_unfit_answer_is_written_anew_before_it_shows(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.queue(
        replies.says("The goose is nice. ", "What is your last", " name, and", " more", drip=0.06),
        replies.says("The goose is gray."),
    )
    before, answer = await everything(tutor, ask("Why?"))
    assert Restart() in before
    assert "last name" not in "".join(i.text for i in before if isinstance(i, TextDelta))
    assert answer.text == "The goose is gray."
    assert answer.usage.input_tokens == 24
    assert "not for children" in anthropic_server.requests[1].text


async def test_an_answer_that_is_unfit_twice_is_left_to_the_next_tutor(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.answer(lambda _: replies.says("What is your last name?"))
    with pytest.raises(AnswerUnfit) as raised:
        await everything(tutor, ask("Why?"))
    assert (len(anthropic_server.requests), raised.value.usage.input_tokens) == (2, 24)
    assert not raised.value.of_service


async def test_what_an_abandoned_answer_took_is_metered(anthropic_server: AnthropicServer) -> None:
    taken: list[Usage] = []
    options = ModelOptions(base_url=anthropic_server.url, price=Price(1, 5))
    tutor = ClaudeTutor(
        api_key="k", options=options, meter=lambda question, usage: taken.append(usage)
    )
    anthropic_server.queue(replies.stalls_after("The wind blew. ", "And "))
    async with aclosing(_generator(tutor)) as items:
        await anext(items)
    assert taken == [Usage(input_tokens=12, output_tokens=4, microdollars=32)]
    await tutor.aclose()


async def test_a_child_in_trouble_never_reaches_the_model(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    _, answer = await everything(tutor, ask("my dad hits me"))
    assert anthropic_server.requests == []
    assert answer.concern.severity == "grave"
    assert answer.answered_by == OFFLINE
    assert "teacher" in answer.text


async def test_closing_midway_hangs_up(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.queue(replies.stalls_after("The wind blew. ", "It "))
    async with aclosing(_generator(tutor)) as items:
        assert isinstance(await anext(items), TextDelta)
    await asyncio.to_thread(anthropic_server.wait_for_disconnects, 1)


async def test_many_at_once_share_one_client(
    anthropic_server: AnthropicServer, tutor: ClaudeTutor
) -> None:
    anthropic_server.answer(lambda _: replies.says("Yes, ", "it did."))
    answers = await asyncio.gather(*(everything(tutor, ask("Did it stop?")) for _ in range(20)))
    assert {answer.text for _, answer in answers} == {"Yes, it did."}


def _generator(tutor: ClaudeTutor) -> AsyncGenerator[object, None]:
    return cast("AsyncGenerator[object, None]", tutor.answer(ask("Why?")))
