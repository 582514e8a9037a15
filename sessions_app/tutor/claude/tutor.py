"""The tutor that asks a model: Claude, or one that speaks the same API.

A sentence is shown when it was held against the book and the child. One that is not fit is written
anew once; then the next tutor answers.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from dataclasses import replace

import msgspec

from ..checking import Miss, MissKind
from ..guard import Screening, comforting, screened
from ..offline.citing import described
from ..offline.drafts import ASK_MORE, CONTINUE, Draft
from ..types import (
    NO_USAGE,
    OFFLINE,
    AnswerUnfit,
    Question,
    Restart,
    StreamItem,
    TextDelta,
    TutorError,
    TutorUnavailable,
    Usage,
)
from .connection import ModelConnection, PromptTooLong
from .gathering import Gathered
from .options import ModelOptions
from .prompts import BYTES_PER_TOKEN, build_prompt
from .reply import ModelReply
from .writing import AnswerWriting

Meter = Callable[[Question, Usage], None]

#: How often an answer is written before the next tutor answers.
WRITTEN_AT_MOST = 2
#: A book's share of a prompt is never made smaller than this, in tokens.
_LEAST_BOOK_TOKENS = 200


class ClaudeTutor:
    """Streams a model's answers; one instance and one connection pool per process.

    `meter` is told what every request took, also of an answer that nobody waited for.
    """

    def __init__(
        self,
        *,
        api_key: str,
        options: ModelOptions | None = None,
        meter: Meter = lambda question, usage: None,
    ) -> None:
        self._options = options or ModelOptions()
        self._connection = ModelConnection(self._options, api_key)
        self._meter = meter
        self._book_tokens = self._options.book_tokens

    async def answer(self, question: Question) -> AsyncIterator[StreamItem]:
        """Stream the answer, see `Tutor.answer`.

        Raises `TutorTimeout` past a deadline, `AnswerBlocked` when the model declines,
        `AnswerUnfit` for what no child may be shown, `TutorUnavailable` for all else that kept
        it from finishing.
        """
        instead = screened(question)
        if instead is not None:
            yield TextDelta(instead.reply)
            yield _kind_reply(instead).answer(question, OFFLINE)
            return
        if question.unread is not None:
            await asyncio.to_thread(question.unread.prepare)
        items = self._write(question)
        async with aclosing(items):
            async for item in items:
                yield item

    async def _write(self, question: Question) -> AsyncGenerator[StreamItem, None]:
        """The model's answer to a question that may be put to it; written anew where it missed."""
        deadline = asyncio.get_running_loop().time() + self._options.whole_s
        spent = NO_USAGE
        miss: MissKind | None = None
        for _ in range(WRITTEN_AT_MOST):
            writing, reply = AnswerWriting(question), ModelReply()
            pieces = self._pieces(question, miss, writing, reply, deadline)
            try:
                async with aclosing(pieces):
                    async for piece in pieces:
                        yield TextDelta(piece)
                miss = None
            except Miss as missed:
                miss = missed.kind
            except TutorError as error:
                error.usage = spent + self._usage(reply)
                raise
            spent += self._usage(reply)
            draft = await asyncio.to_thread(_draft, question, writing, miss)
            if writing.text and (draft is None or draft.text != writing.text):
                yield Restart()
            if draft is not None:
                for item in self._end(question, writing, draft, spent):
                    yield item
                return
        raise AnswerUnfit(f"what the model wrote was not fit ({miss})", usage=spent)

    @property
    def book_tokens(self) -> int:
        """How much of a book the server was found to read, in tokens."""
        return self._book_tokens

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connection.aclose()

    async def _pieces(
        self,
        question: Question,
        mending: MissKind | None,
        writing: AnswerWriting,
        reply: ModelReply,
        deadline: float,
    ) -> AsyncGenerator[str, None]:
        """What may be shown of one answer, as it comes. Raises `Miss`."""
        frames = Gathered().frames(
            lambda into: self._read(question, mending, reply, into, deadline)
        )
        async with aclosing(frames):
            async for piece in frames:
                shown = writing.feed(piece)
                if shown:
                    yield shown
                if writing.is_enough:
                    return
        if reply.thought and not reply.characters:
            raise TutorUnavailable("the model thought and wrote nothing")
        rest = writing.finish(reply.stop_reason)
        if rest:
            yield rest

    async def _read(
        self,
        question: Question,
        mending: MissKind | None,
        reply: ModelReply,
        into: Gathered,
        deadline: float,
    ) -> None:
        """Ask with as much of the book as the server reads; the next question begins with that."""
        tokens = self._book_tokens
        try:
            while True:
                prompt = await asyncio.to_thread(
                    build_prompt, question, budget_tokens=tokens, mending=mending
                )
                try:
                    await self._connection.read(prompt, reply, into, deadline=deadline)
                except PromptTooLong:
                    tokens = min(tokens, int(prompt.characters / BYTES_PER_TOKEN)) // 2
                    if tokens < _LEAST_BOOK_TOKENS:
                        raise
                else:
                    self._book_tokens = min(self._book_tokens, tokens)
                    return
        finally:
            usage = self._usage(reply)
            if usage != NO_USAGE:
                self._meter(question, usage)

    def _end(
        self, question: Question, writing: AnswerWriting, draft: Draft, spent: Usage
    ) -> Iterator[StreamItem]:
        is_models = draft.text == writing.text
        if not is_models:
            yield TextDelta(draft.text)
        answer = draft.answer(question, self._options.model if is_models else OFFLINE)
        yield msgspec.structs.replace(answer, usage=spent)

    def _usage(self, reply: ModelReply) -> Usage:
        return reply.tokens.usage(self._options.price, characters=reply.characters)


def _draft(question: Question, writing: AnswerWriting, miss: MissKind | None) -> Draft | None:
    """The finished answer: the model's, or a kind sentence where it worries about the child; None
    where it is to be written anew."""
    concern = writing.concern.as_concern()
    if writing.concern.level == "grave" or (miss == "unfit" and concern.is_marked):
        return _kind_reply(
            comforting(
                concern, question.text, grade=question.reading_level, helpline=question.helpline
            )
        )
    if miss is not None:
        return None
    return replace(described(question, writing.text), concern=concern)


def _kind_reply(screening: Screening) -> Draft:
    return Draft(
        screening.reply,
        suggestions=(ASK_MORE, CONTINUE),
        flags=screening.flags,
        concern=screening.concern,
    )
