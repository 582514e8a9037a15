"""Answering from the backup when the first tutor fails, so that a child is never left waiting."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import cast

from msgspec.structs import replace

from .breaker import CircuitBreaker
from .types import (
    NO_USAGE,
    Answer,
    Question,
    Restart,
    StreamItem,
    TextDelta,
    Tutor,
    TutorError,
    Usage,
)


class FallbackTutor:
    """`primary`, a model, while it works and may be asked, else `backup`.

    Whatever keeps the model from answering, a refusal too, is answered by the backup: what a child
    must not ask was answered before any model. Only failures of the service open the `breaker`.
    """

    def __init__(
        self, primary: Tutor, backup: Tutor, *, breaker: CircuitBreaker | None = None
    ) -> None:
        self._primary = primary
        self._backup = backup
        self._breaker = breaker or CircuitBreaker()

    @property
    def is_resting(self) -> bool:
        """Whether the model is being left alone because it failed."""
        return self._breaker.is_open

    async def answer(self, question: Question) -> AsyncIterator[StreamItem]:
        """Stream the answer; when `primary` fails midway, a `Restart` and the backup's answer."""
        spent = NO_USAGE
        if question.may_ask_model and self._breaker.allows():
            shown = settled = False
            try:
                async with aclosing(_closable(self._primary.answer(question))) as items:
                    async for item in items:
                        shown = shown or isinstance(item, TextDelta)
                        if isinstance(item, Answer):
                            # Before it is handed on: whoever has the answer may never come back.
                            settled = True
                            self._breaker.succeeded()
                        yield item
                if settled:
                    return
            except TutorError as error:
                settled, spent = True, error.usage
                self._note(error)
            finally:
                if not settled:
                    self._breaker.abandoned()
            if shown:
                yield Restart()
        async with aclosing(_closable(self._backup.answer(question))) as items:
            async for item in items:
                yield _with_usage(item, spent)

    def _note(self, error: TutorError) -> None:
        if error.of_service:
            self._breaker.failed()
        else:
            self._breaker.succeeded()

    async def aclose(self) -> None:
        """Close both."""
        try:
            await self._primary.aclose()
        finally:
            await self._backup.aclose()


def _with_usage(item: StreamItem, spent: Usage) -> StreamItem:
    """The item; an answer with what was spent before on one that did not come."""
    if isinstance(item, Answer) and spent != NO_USAGE:
        return replace(item, usage=item.usage + spent)
    return item


def _closable(items: AsyncIterator[StreamItem]) -> AsyncGenerator[StreamItem, None]:
    """Tutors are async generators: closing them at once frees their connection."""
    return cast("AsyncGenerator[StreamItem, None]", items)
