"""The first tutor of the chain: what was prepared, else whoever stands behind."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Final

from msgspec import UNSET

from ..guard import screened
from ..types import (
    OFFLINE,
    Answer,
    Question,
    ResponseType,
    StreamItem,
    Suggestion,
    TextDelta,
    Tutor,
)
from .asked import intent_of
from .lookup import Intent, PreparedAnswer, look_up

_PIECE = re.compile(r"\S+\s*")
_SUGGESTIONS: Final = (
    Suggestion("Go on reading", "continue"),
    Suggestion("Ask another question", "ask_more"),
)


class PreparedTutor:
    """Answers what is plainly asked and was prepared; passes all else on to `behind`.

    `pause_s` is the pause between two words, in seconds, so that an answer can be read along.
    """

    def __init__(self, behind: Tutor, *, pause_s: float = 0.015) -> None:
        self._behind = behind
        self._pause_s = pause_s

    async def answer(self, question: Question) -> AsyncIterator[StreamItem]:
        """Stream the answer; see `Tutor.answer`."""
        found = await asyncio.to_thread(prepared_answer, question)
        if found is None:
            async for item in self._behind.answer(question):
                yield item
            return
        for piece in _PIECE.findall(found.text):
            yield TextDelta(piece)
            await asyncio.sleep(self._pause_s)
        yield found

    async def aclose(self) -> None:
        """Close who stands behind."""
        await self._behind.aclose()


def prepared_answer(question: Question) -> Answer | None:
    """The whole answer at once, or None: nothing was prepared, or the guard has a word first."""
    found = _found(question)
    # Last, for it costs most and whoever stands behind looks, too.
    return None if found is None or screened(question) is not None else found


def _found(question: Question) -> Answer | None:
    if not question.prepared:
        return None
    explained = look_up("checkpoint", question)
    if explained is not None:
        return _answer(question, "checkpoint", explained)
    asked = intent_of(question)
    if asked is None:
        return None
    intent, subject = asked
    found = look_up(intent, question, subject)
    return None if found is None else _answer(question, intent, found)


def _answer(question: Question, intent: Intent, found: PreparedAnswer) -> Answer:
    kind: ResponseType = "definition" if intent == "word" else "explanation"
    return Answer(
        text=found.text,
        response_type=kind,
        answered_by=OFFLINE,
        visible_to_word_index=question.visible_to_word_index,
        structured=UNSET if found.structured is None else found.structured,
        citations=found.citations,
        suggestions=_SUGGESTIONS,
    )
