"""The tutor that asks Claude, through the official SDK.

What the SDK was seen to do decides how this is built: a client is costly, so a process keeps one;
it retries in ways that a waiting child would feel, so retries are ours; its timeouts are per read,
so all of them end at one deadline; a stream may end without having finished, so only a stop
reason makes an answer; what it makes of each event costs more than the event, so those are ours.
"""

import asyncio
import random
import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace

import aiohttp
import anthropic
import httpx2
from anthropic.types import MessageParam, TextBlockParam

from ..guard import ModelConcern, Screening, comforting, screen_answer, screened
from ..offline.citing import described
from ..offline.drafts import ASK_MORE, CONTINUE, Draft
from ..types import (
    OFFLINE,
    Answer,
    AnswerBlocked,
    Question,
    Restart,
    TextDelta,
    TutorTimeout,
    TutorUnavailable,
)
from .events import EventReader, MessageEvent, StreamBroken
from .gathering import Gathered
from .marked_text import MarkedText
from .prompts import Prompt, build_prompt

DEFAULT_MODEL = "claude-haiku-4-5"
DEADLINE_SECONDS = 30.0
MAX_TOKENS = 600
TRIES = 3
BACKOFF_SECONDS = 0.4
LONGEST_RETRY_AFTER = 4.0
#: An answer longer than this is not for a child any more; it is cut like one out of tokens.
MAX_CHARACTERS = 4000

#: A frame is screened with so much of what stands before it; the whole once more at the end.
_SCREENED_BEFORE = 200
_SENTENCE_END = re.compile(r"[.!?…][”\"'’)]*(?=\s|$)")
_PASSING_STATUSES = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_PASSING_TYPES = frozenset({"overloaded_error", "api_error", "rate_limit_error", "timeout_error"})
#: All that the SDK and the layers under it raise; a malformed event is a `ValueError`.
_FAILURES = (
    anthropic.AnthropicError, httpx2.HTTPError, httpx2.StreamError, aiohttp.ClientError, OSError,
    ValueError, EOFError, StreamBroken,
)  # fmt: skip


class ClaudeTutor:
    """Streams Claude's answers; one instance and one connection pool per process.

    `deadline_s` bounds a whole answer with its retries, in seconds; `backoff_s` is about the
    first pause between two tries.
    """

    def __init__(
        self,
        *,
        api_key: str,
        base_url: str | None = None,
        model: str = DEFAULT_MODEL,
        deadline_s: float = DEADLINE_SECONDS,
        backoff_s: float = BACKOFF_SECONDS,
        max_tokens: int = MAX_TOKENS,
    ) -> None:
        self._api_key = api_key
        self._base_url = base_url
        self._model = model
        self._deadline_s = deadline_s
        self._backoff_s = backoff_s
        self._max_tokens = max_tokens
        self._client: anthropic.AsyncAnthropic | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def answer(self, question: Question) -> AsyncIterator[TextDelta | Restart | Answer]:
        """Stream the answer, see `Tutor.answer`.

        Raises `TutorTimeout` past the deadline, `AnswerBlocked` when the model declines,
        `TutorUnavailable` for all else that kept it from finishing.
        """
        instead = screened(question)
        if instead is not None:
            yield TextDelta(instead.reply)
            yield _kind_reply(instead).answer(question, OFFLINE)
            return
        plain, outcome, text = MarkedText(), _Outcome(), ""
        prompt = build_prompt(question)
        frames = Gathered().frames(lambda into: self._read(prompt, outcome, into))
        async with aclosing(frames):
            async for piece in frames:
                ready = plain.feed(piece)
                if plain.concern.level == "grave":
                    break  # what the child reads is ours
                if ready and screen_answer(text[-_SCREENED_BEFORE:] + ready) is not None:
                    outcome.unsaid = ready  # the ending looks at it once more and says why
                    break
                if ready:
                    text += ready
                    yield TextDelta(ready)
        async for item in self._ending(question, text, plain, outcome):
            yield item

    async def aclose(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _ending(
        self, question: Question, text: str, plain: MarkedText, outcome: "_Outcome"
    ) -> AsyncIterator[TextDelta | Restart | Answer]:
        """What follows the last piece: the rest, a cut, or a kind sentence instead of it all."""
        rest = outcome.unsaid or plain.finish()
        instead = _instead(question, text + rest, plain.concern)
        if instead is not None:
            if text:
                yield Restart()
            yield TextDelta(instead.reply)
            yield _kind_reply(instead).answer(question, OFFLINE)
            return
        whole = _whole(text + rest, outcome.stop_reason)
        if whole.startswith(text):
            if whole != text:
                yield TextDelta(whole[len(text) :])
        else:
            yield Restart()
            yield TextDelta(whole)
        draft = replace(described(question, whole), concern=plain.concern.as_concern())
        yield draft.answer(question, self._model)

    async def _read(self, prompt: Prompt, outcome: "_Outcome", into: Gathered) -> None:
        """Put the model's text into ``into`` as it comes; tried again only while nothing has come
        yet. The deadline is one for all tries."""
        deadline = asyncio.get_running_loop().time() + self._deadline_s
        try:
            async with asyncio.timeout_at(deadline):
                for attempt in range(1, TRIES + 1):
                    wait = await self._try(prompt, outcome, into, attempt)
                    if wait is None:
                        return
                    if asyncio.get_running_loop().time() + wait >= deadline:
                        break
                    await asyncio.sleep(wait)
        except TimeoutError:
            raise TutorTimeout("the model took too long") from None
        raise TutorTimeout("the model was not to be had in time")

    async def _try(
        self, prompt: Prompt, outcome: "_Outcome", into: Gathered, attempt: int
    ) -> float | None:
        """One try: None when it came to its end, or how many seconds to wait for the next."""
        try:
            await self._attempt(prompt, outcome, into)
        except TimeoutError:
            raise
        except _FAILURES as failure:
            wait = self._wait_before_retry(failure, attempt)
            if outcome.characters or wait is None:
                # The cause is not kept: its text may repeat what was sent.
                raise TutorUnavailable(f"no answer: {type(failure).__name__}") from None
            return wait
        return None

    async def _attempt(self, prompt: Prompt, outcome: "_Outcome", into: Gathered) -> None:
        request = self._connected().messages.with_streaming_response.create(
            model=self._model,
            max_tokens=self._max_tokens,
            system=prompt.system,
            messages=[_message(prompt)],
            stream=True,
        )
        async with request as response:
            events = EventReader()
            async for received in response.iter_bytes():
                for event in events.feed(received):
                    outcome.note(event)
                    if event.added_text:
                        into.put(event.added_text)
                    if outcome.characters > MAX_CHARACTERS:
                        outcome.stop_reason = "max_tokens"
                        return

    def _wait_before_retry(self, failure: Exception, attempt: int) -> float | None:
        """Seconds to wait before the next try, None when there should be none."""
        if attempt >= TRIES or not _is_passing(failure):
            return None
        jittered: float = self._backoff_s * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)
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
                base_url=self._base_url,
                max_retries=0,
                timeout=self._deadline_s,
                http_client=anthropic.DefaultAioHttpClient(),
            )
        return self._client


@dataclass(slots=True)
class _Outcome:
    """How far one answer has come."""

    characters: int = 0
    stop_reason: str | None = None
    unsaid: str = ""

    def note(self, event: MessageEvent) -> None:
        """Take in what an event says of the answer. Raises ``StreamBroken``."""
        if event.type == "error":
            raise StreamBroken("" if event.error is None else event.error.type)
        if event.type == "message_delta" and event.delta is not None:
            self.stop_reason = event.delta.stop_reason
        self.characters += len(event.added_text)


def _message(prompt: Prompt) -> MessageParam:
    content: list[TextBlockParam] = []
    for block in prompt.blocks:
        part: TextBlockParam = {"type": "text", "text": block.text}
        if block.cached:
            part["cache_control"] = {"type": "ephemeral"}
        content.append(part)
    return {"role": "user", "content": content}


def _whole(text: str, stop_reason: str | None) -> str:
    """The finished text; raises when it is none."""
    if stop_reason == "refusal":
        raise AnswerBlocked("the model declined")
    if stop_reason not in (
        "end_turn",
        "stop_sequence",
        "max_tokens",
        "model_context_window_exceeded",
    ):
        raise TutorUnavailable("the answer broke off")
    if not text.strip():
        raise TutorUnavailable("the answer was empty")
    if stop_reason in ("end_turn", "stop_sequence"):
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else f"{text}…"


def _instead(question: Question, text: str, marked: ModelConcern) -> Screening | None:
    """What to say instead of a model's text: where it worries about the child, and where the
    text is not for children; its mark stays."""
    concern = marked.as_concern()
    unfit = screen_answer(text)
    if marked.level == "grave" or (unfit is not None and concern.is_marked):
        return comforting(
            concern, question.text, grade=question.reading_level, helpline=question.helpline
        )
    return unfit


def _kind_reply(screening: Screening) -> Draft:
    return Draft(
        screening.reply,
        suggestions=(ASK_MORE, CONTINUE),
        flags=screening.flags,
        concern=screening.concern,
    )


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
