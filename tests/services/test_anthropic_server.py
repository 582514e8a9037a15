"""The tutor's server against the real SDK: each reply arrives as what it claims to be."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator

import anthropic
import pytest

from tests.services import anthropic_replies as replies
from tests.services.anthropic_server import AnthropicServer


@pytest.fixture
def server() -> Iterator[AnthropicServer]:
    with AnthropicServer() as running:
        yield running


@pytest.fixture
async def client(server: AnthropicServer) -> AsyncIterator[anthropic.AsyncAnthropic]:
    async with anthropic.AsyncAnthropic(
        base_url=server.url,
        api_key="test-key",
        max_retries=0,
        http_client=anthropic.DefaultAioHttpClient(),
    ) as made:
        yield made


async def ask(client: anthropic.AsyncAnthropic, question: str = "Why?") -> tuple[str, str | None]:
    """The text and the stop reason of a streamed answer."""
    text, stop_reason = "", None
    stream = await client.messages.create(
        model="claude-test",
        max_tokens=100,
        messages=[{"role": "user", "content": question}],
        stream=True,
    )
    async for event in stream:
        if event.type == "content_block_delta" and event.delta.type == "text_delta":
            text += event.delta.text
        elif event.type == "message_delta":
            stop_reason = event.delta.stop_reason
    return text, stop_reason


async def test_says_arrives_whole(
    server: AnthropicServer, client: anthropic.AsyncAnthropic
) -> None:
    server.queue(replies.says("A lantern ", "is a “lamp”."))
    assert await ask(client) == ("A lantern is a “lamp”.", "end_turn")


async def test_a_request_is_kept_as_it_came(
    server: AnthropicServer, client: anthropic.AsyncAnthropic
) -> None:
    server.queue(replies.empty())
    assert await ask(client, "Who lit it?") == ("", "end_turn")
    (request,) = server.wait_for_requests(1)
    assert "test-key" in request.headers["authorization"]
    assert request.body["messages"] == [{"role": "user", "content": "Who lit it?"}]
    assert "Who lit it?" in request.text


async def test_a_function_answers_after_the_queue(
    server: AnthropicServer, client: anthropic.AsyncAnthropic
) -> None:
    server.queue(replies.says("first"))
    server.answer(lambda request: replies.says(request.body["messages"][0]["content"][::-1]))
    assert [await ask(client, "abc"), await ask(client, "abc")] == [
        ("first", "end_turn"),
        ("cba", "end_turn"),
    ]


async def test_refusal_and_huge_answers(
    server: AnthropicServer, client: anthropic.AsyncAnthropic
) -> None:
    server.queue(replies.refusal("I"), replies.huge(50_000), replies.says("a", "b", drip=0.01))
    assert await ask(client) == ("I", "refusal")
    text, _ = await ask(client)
    assert len(text) == 50_000
    assert await ask(client) == ("ab", "end_turn")


async def test_a_clean_end_without_stop_has_no_stop_reason(
    server: AnthropicServer, client: anthropic.AsyncAnthropic
) -> None:
    server.queue(replies.ends_without_stop("half"))
    assert await ask(client) == ("half", None)


async def test_a_cut_connection_is_the_transports_own_error(
    server: AnthropicServer, client: anthropic.AsyncAnthropic
) -> None:
    server.queue(replies.cut_after("half"))
    with pytest.raises(Exception) as raised:  # noqa: PT011 - which class is what is asked below
        await ask(client)
    assert not isinstance(raised.value, anthropic.AnthropicError)


async def test_an_error_event_and_a_malformed_one(
    server: AnthropicServer, client: anthropic.AsyncAnthropic
) -> None:
    server.queue(replies.overloaded("half"), replies.malformed())
    with pytest.raises(anthropic.APIStatusError, match="Overloaded"):
        await ask(client)
    with pytest.raises(json.JSONDecodeError):
        await ask(client)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (replies.too_many(7), anthropic.RateLimitError),
        (replies.broken(), anthropic.InternalServerError),
        (replies.full(), anthropic.InternalServerError),
        (replies.wrong_key(), anthropic.AuthenticationError),
    ],
)
async def test_error_statuses(
    server: AnthropicServer,
    client: anthropic.AsyncAnthropic,
    reply: replies.Reply,
    error: type[anthropic.APIStatusError],
) -> None:
    server.queue(reply)
    with pytest.raises(error) as raised:
        await ask(client)
    assert raised.value.status_code == reply.status
    assert raised.value.response.headers.get("retry-after") == reply.headers.get("Retry-After")


async def test_an_unplanned_request_fails(client: anthropic.AsyncAnthropic) -> None:
    with pytest.raises(anthropic.InternalServerError, match="no reply was planned"):
        await ask(client)


@pytest.mark.parametrize("reply", [replies.hangs(), replies.stalls_after("half")])
async def test_hanging_up_on_a_silent_reply_is_noticed(
    server: AnthropicServer, client: anthropic.AsyncAnthropic, reply: replies.Reply
) -> None:
    server.queue(reply)
    asking = asyncio.create_task(ask(client))
    await asyncio.to_thread(server.wait_for_requests, 1)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await asyncio.to_thread(server.wait_for_disconnects)
