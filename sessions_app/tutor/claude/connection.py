"""The line to the model: one client per process, its retries, its deadlines.

What the SDK was seen to do decides how this is built: a client is costly, so a process keeps one;
it retries in ways that a waiting child would feel, so retries are ours; its timeouts are per read,
so ours watch the words; a stream may end without having finished, so only a stop reason makes an
answer; what it makes of each event costs more than the event, so those are ours.
"""

import asyncio
import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import aiohttp
import anthropic
import httpx2
from anthropic import AsyncAPIResponse, Omit, omit
from anthropic.types import (
    CacheControlEphemeralParam,
    MessageParam,
    TextBlockParam,
    ThinkingConfigDisabledParam,
)

from ..types import RequestRefused, TutorTimeout, TutorUnavailable
from .cache_demand import CacheDemand
from .events import EventReader, StreamBroken
from .gathering import Gathered
from .options import ModelOptions
from .prompts import Prompt
from .reply import ModelReply

TRIES = 3
LONGEST_RETRY_AFTER = 4.0

_FIVE_MINUTES: CacheControlEphemeralParam = {"type": "ephemeral"}
_AN_HOUR: CacheControlEphemeralParam = {"type": "ephemeral", "ttl": "1h"}

_PASSING_STATUSES = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_PASSING_TYPES = frozenset({"overloaded_error", "api_error", "rate_limit_error", "timeout_error"})
#: Statuses for what is wrong with one request, not with the service.
_REQUEST_STATUSES = frozenset({400, 413, 422})
#: Words of servers that refuse a prompt for its length.
_TOO_LONG = ("context", "too long", "too large", "token")
#: All that the SDK and the layers under it raise; a malformed event is a `ValueError`.
_FAILURES = (
    anthropic.AnthropicError, httpx2.HTTPError, httpx2.StreamError, aiohttp.ClientError, OSError,
    ValueError, EOFError, StreamBroken,
)  # fmt: skip


class PromptTooLong(RequestRefused):
    """The server does not read a prompt of this length: it said so, or cut it silently."""


class ModelConnection:
    """Sends prompts, and puts what comes into a `Gathered`."""

    def __init__(self, options: ModelOptions, api_key: str) -> None:
        self._options = options
        self._api_key = api_key
        self._demand = CacheDemand()
        self._client: anthropic.AsyncAnthropic | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def read(
        self, prompt: Prompt, reply: ModelReply, into: Gathered, *, deadline: float
    ) -> None:
        """Put the model's text into ``into`` as it comes; tried again only while nothing has come
        yet. ``deadline`` is the loop's time at which it ends in any case.

        Raises `TutorTimeout`, `TutorUnavailable`, `RequestRefused` and `PromptTooLong`.
        """
        now = asyncio.get_running_loop().time
        try:
            async with asyncio.timeout_at(min(deadline, now() + self._options.first_s)) as patience:

                def heard() -> None:
                    patience.reschedule(min(deadline, now() + self._options.gap_s))

                for attempt in range(1, TRIES + 1):
                    wait = await self._try(prompt, reply, into, heard, attempt)
                    if wait is None:
                        return
                    if now() + wait >= (patience.when() or deadline):
                        break
                    await asyncio.sleep(wait)
        except TimeoutError:
            raise TutorTimeout("the model took too long") from None
        raise TutorTimeout("the model was not to be had in time")

    async def aclose(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _try(
        self,
        prompt: Prompt,
        reply: ModelReply,
        into: Gathered,
        heard: Callable[[], None],
        attempt: int,
    ) -> float | None:
        """One try: None when it came to its end, or how many seconds to wait for the next."""
        try:
            await self._attempt(prompt, reply, into, heard)
        except (TimeoutError, RequestRefused):
            raise
        except _FAILURES as failure:
            wait = self._wait_before_retry(failure, attempt)
            if reply.characters or wait is None:
                # The cause is not kept: its text may repeat what was sent.
                raise _as_ours(failure) from None
            return wait
        return None

    async def _attempt(
        self, prompt: Prompt, reply: ModelReply, into: Gathered, heard: Callable[[], None]
    ) -> None:
        async with self._request(prompt) as response:
            events = EventReader()
            async for received in response.iter_bytes():
                for event in events.feed(received):
                    added = reply.note(event)
                    if reply.was_cut(prompt.characters):
                        raise PromptTooLong("the server read only a part of the prompt")
                    if added:
                        into.put(added)
                        heard()
                    if reply.is_too_long:
                        return

    def _request(self, prompt: Prompt) -> AbstractAsyncContextManager[AsyncAPIResponse[Any]]:
        options = self._options
        thinking: ThinkingConfigDisabledParam | Omit = {"type": "disabled"}
        return self._connected().messages.with_streaming_response.create(
            model=options.model,
            max_tokens=options.output_tokens,
            system=prompt.system,
            messages=[_message(prompt, for_an_hour=self._demand.pays_for_an_hour(prompt.prefix))],
            thinking=omit if options.thinking else thinking,
            stream=True,
        )

    def _wait_before_retry(self, failure: Exception, attempt: int) -> float | None:
        """Seconds to wait before the next try, None when there should be none."""
        if attempt >= TRIES or not _is_passing(failure):
            return None
        jittered: float = self._options.backoff_s * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)
        asked_for = _retry_after(failure)
        if asked_for > LONGEST_RETRY_AFTER:
            return None
        return max(jittered, asked_for)

    def _connected(self) -> anthropic.AsyncAnthropic:
        """The one client, made in the loop that uses it."""
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            self._loop = loop
            self._client = anthropic.AsyncAnthropic(
                api_key=self._api_key,
                base_url=self._options.base_url,
                max_retries=0,
                timeout=self._options.whole_s,
                http_client=anthropic.DefaultAioHttpClient(),
            )
        return self._client


def _message(prompt: Prompt, *, for_an_hour: bool) -> MessageParam:
    content: list[TextBlockParam] = []
    for block in prompt.blocks:
        part: TextBlockParam = {"type": "text", "text": block.text}
        if block.cached:
            part["cache_control"] = _AN_HOUR if for_an_hour and block.lasts else _FIVE_MINUTES
        content.append(part)
    return {"role": "user", "content": content}


def _as_ours(failure: Exception) -> TutorUnavailable | RequestRefused:
    name = f"no answer: {type(failure).__name__}"
    if isinstance(failure, anthropic.APIStatusError) and failure.status_code in _REQUEST_STATUSES:
        said = str(failure).lower()
        if failure.status_code == 413 or any(words in said for words in _TOO_LONG):
            return PromptTooLong(name)
        return RequestRefused(name)
    return TutorUnavailable(name)


def _is_passing(failure: Exception) -> bool:
    """Whether trying again may help: not for a wrong key or a bad request."""
    if isinstance(failure, StreamBroken):
        return failure.kind in _PASSING_TYPES
    if isinstance(failure, anthropic.APIStatusError):
        return failure.status_code in _PASSING_STATUSES
    return True


def _retry_after(failure: Exception) -> float:
    if not isinstance(failure, anthropic.APIStatusError):
        return 0.0
    try:
        return max(0.0, float(failure.response.headers.get("retry-after", "0")))
    except ValueError:  # a date: rare, and our own pause will do
        return 0.0
