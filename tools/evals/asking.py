"""Asking a tutor what the cases ask, with what a live session would give it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .books import Shelved
from .cases import Case, CaseProblem
from .rules import declines, faults

if TYPE_CHECKING:
    from sessions_app.tutor.types import Answer, Question, QuestionKind, Tutor


@dataclass(frozen=True)
class AnsweredCase:
    """A case, what a tutor answered ("" for nothing) and what is wrong with it.

    `first_word_s` are seconds to the first word. `judged` is what the model as judge says, None
    where it was not asked.
    """

    case: Case
    is_import: bool
    text: str
    faults: tuple[str, ...]
    first_word_s: float
    judged: bool | None = None

    @property
    def is_right(self) -> bool:
        return not self.faults

    @property
    def declined(self) -> bool:
        return declines(self.text)


def question_of(case: Case, shelved: Shelved) -> Question:
    """What a tutor is told when a child of the book's grade asks the case's question."""
    from sessions_app.domain.model_use import ModelTerms
    from sessions_app.domain.questions import AskedQuestion, QuestionFacts, brief
    from sessions_app.tutor.types import Exchange
    from sessions_app.vault import Scope, Vault

    book = shelved.structure
    at = shelved.span(case.at)[-1]
    visible = book.sentence_span(at)[1]
    kind: QuestionKind = "word" if case.clicked else "text"
    facts = QuestionFacts(case.ask, kind, at, book.sentence_text(at), visible, at, 0.0)
    asked = AskedQuestion("", "", 1, "", None, facts)
    # Only a question's earlier ones are sealed: here they are none.
    vault = Vault(Scope("", 0, 0), bytes(32))
    question = brief(
        asked,
        vault,
        book,
        reading_level=book.level or 0,
        helpline="",
        terms=ModelTerms(may_ask=True),
        answered=(),
    )
    return replace(question, earlier=tuple(Exchange(*turn) for turn in case.earlier))


@dataclass(frozen=True)
class Prepared:
    """A case, its book, and what a tutor is told."""

    case: Case
    shelved: Shelved
    question: Question


def prepare(cases: Sequence[Case], books: Mapping[str, Shelved]) -> list[Prepared]:
    """All cases with what the database has for them, which no event loop may ask.

    Raises `CaseProblem` where a case quotes what its book does not hold."""
    for case in cases:
        if case.book not in books:
            raise CaseProblem(f"there is no book {case.book!r}: {case.ask!r}")
        books[case.book].span(case.cites or case.at)
    return [Prepared(case, books[case.book], question_of(case, books[case.book])) for case in cases]


async def ask_all(tutor: Tutor, cases: Sequence[Prepared]) -> list[AnsweredCase]:
    """Ask every case. The next one begins when the first word of the last has come."""
    tasks = []
    for one in cases:
        began = asyncio.Event()
        tasks.append(asyncio.create_task(_ask(tutor, one, began)))
        await began.wait()
    return await asyncio.gather(*tasks)


async def _ask(tutor: Tutor, one: Prepared, began: asyncio.Event) -> AnsweredCase:
    from sessions_app.tutor.types import Answer, TextDelta, TutorError

    start = time.monotonic()
    first: float | None = None
    answer: Answer | None = None
    try:
        async for item in tutor.answer(one.question):
            if isinstance(item, TextDelta) and first is None:
                first = time.monotonic() - start
                began.set()
            elif isinstance(item, Answer):
                answer = item
    except TutorError:
        pass  # no answer is a wrong one
    finally:
        began.set()
    return marked(one, answer, time.monotonic() - start if first is None else first)


def marked(one: Prepared, answer: Answer | None, first_word_s: float) -> AnsweredCase:
    """The rules over what came; None where nothing did."""
    is_import = one.shelved.is_import
    if answer is None:
        return AnsweredCase(one.case, is_import, "", ("no answer",), first_word_s)
    cited = [range(part.word_index, part.word_index + part.length) for part in answer.citations]
    wanted = one.shelved.span(one.case.cites) if one.case.cites else range(0)
    read = one.shelved.read_until(one.question.visible_to_word_index)
    found = faults(one.case, answer.text, read, cited, wanted)
    if answer.flags or answer.concern.is_distress:
        found.append("takes the child for one in trouble")  # none of the cases is
    return AnsweredCase(one.case, is_import, answer.text, tuple(found), first_word_s)
