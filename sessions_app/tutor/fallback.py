"""Answering from the backup when the first tutor fails, so that a child is never left waiting."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from .types import (
    Answer,
    AnswerBlocked,
    Question,
    Restart,
    TextDelta,
    Tutor,
    TutorError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

FAILURES_TO_OPEN = 3
OPEN_SECONDS = 30.0


class CircuitBreaker:
    """Stops asking what failed several times in a row, for a while; `clock` is monotonic."""

    def __init__(
        self,
        *,
        failures: int = FAILURES_TO_OPEN,
        open_seconds: float = OPEN_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = failures
        self._open_seconds = open_seconds
        self._clock = clock
        self._failures = 0
        self._open_until: float | None = None

    def allows(self) -> bool:
        """Whether to try; after the pause one try at a time is let through."""
        if self._open_until is None:
            return True
        if self._clock() < self._open_until:
            return False
        self._open_until = self._clock() + self._open_seconds
        return True

    def succeeded(self) -> None:
        """It works (again)."""
        self._failures = 0
        self._open_until = None

    def failed(self) -> None:
        """It did not answer."""
        self._failures += 1
        if self._failures >= self._limit:
            self._open_until = self._clock() + self._open_seconds


class FallbackTutor:
    """`primary` while it works, else `backup`; an `AnswerBlocked` is an answer, not a failure."""

    def __init__(
        self, primary: Tutor, backup: Tutor, *, breaker: CircuitBreaker | None = None
    ) -> None:
        self._primary = primary
        self._backup = backup
        self._breaker = breaker or CircuitBreaker()

    async def answer(self, question: Question) -> AsyncIterator[TextDelta | Restart | Answer]:
        """Stream the answer; when `primary` fails midway, a `Restart` and the backup's answer."""
        if self._breaker.allows():
            shown = False
            try:
                async with aclosing(_closable(self._primary.answer(question))) as items:
                    async for item in items:
                        shown = shown or isinstance(item, TextDelta)
                        yield item
                self._breaker.succeeded()
                return
            except AnswerBlocked:
                self._breaker.succeeded()
                raise
            except TutorError:
                self._breaker.failed()
            if shown:
                yield Restart()
        async with aclosing(_closable(self._backup.answer(question))) as items:
            async for item in items:
                yield item

    async def aclose(self) -> None:
        """Close both."""
        try:
            await self._primary.aclose()
        finally:
            await self._backup.aclose()


def _closable(
    items: AsyncIterator[TextDelta | Restart | Answer],
) -> "AsyncGenerator[TextDelta | Restart | Answer, None]":
    """Tutors are async generators: closing them at once frees their connection."""
    return cast("AsyncGenerator[TextDelta | Restart | Answer, None]", items)
