"""A question and its answer: what is sealed of them, and the brief that a tutor gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from library.book_structure import BookStructure, UnreadBook

from ..models import ConcernSeverity, Interruption, Session
from ..models.interruption import new_interruption_id
from ..tutor.concern import NO_CONCERN, Concern
from ..tutor.types import Answer, Exchange, Question, QuestionKind
from ..vault import Vault
from .model_use import ModelTerms

TABLE: Final = "interruption"
#: How long a server may be silent about an answer before another one takes over.
LEASE: Final = dt.timedelta(seconds=15)
EARLIER_QUESTIONS: Final = 12
# Far more than a prompt takes; it bounds the work for a book of millions of words.
MOST_WORDS: Final = 120_000
MOST_CHECKPOINTS: Final = 3


class QuestionFacts(Struct, frozen=True):
    """``sealed_question``: what was asked, and where. ``visible_to_word_index`` is the last
    word of the sentence that the child was in."""

    text: str
    kind: QuestionKind
    word_index: int
    sentence: str
    visible_to_word_index: int
    paused_at_word_index: int
    paused_at_timestamp: float
    surrounding_text: str | None = None


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that waits for its answer. ``number`` counts those of its session from 1."""

    interruption_id: str
    session_id: str
    number: int
    client: str
    client_id: int | None
    facts: QuestionFacts


class AnswerOutcome(Struct, frozen=True):
    """``sealed_answer``: the whole answer, or with ``error_code`` why there is none."""

    answer: Answer | None = None
    error_code: str = ""

    @property
    def concern(self) -> Concern:
        return NO_CONCERN if self.answer is None else self.answer.concern

    @property
    def text(self) -> str:
        return "" if self.answer is None else self.answer.text

    @property
    def answered_by(self) -> str:
        return "" if self.answer is None else self.answer.answered_by


class PartialAnswer(Struct, frozen=True):
    """``sealed_partial``: what has come of an answer so far."""

    text: str
    next_index: int


def new_row(
    session_id: str, vault: Vault, facts: QuestionFacts, *, number: int, now: dt.datetime
) -> Interruption:
    """The row of a new question, unsaved: pending, under a first lease."""
    pk = new_interruption_id()
    return Interruption(
        id=pk,
        session_id=session_id,
        number=number,
        asked_at=now,
        lease_until=now + LEASE,
        attempt=1,
        sealed_question=vault.seal(TABLE, "sealed_question", pk, facts),
    )


def question_facts(row: Interruption, vault: Vault) -> QuestionFacts:
    """What is sealed of a question. Raises ``VaultError``."""
    return vault.open(TABLE, "sealed_question", row.pk, row.sealed_question, QuestionFacts)


def outcome_of(row: Interruption, vault: Vault) -> AnswerOutcome | None:
    """How a question ended, or None while it is open. Raises ``VaultError``."""
    if row.status == Interruption.Status.CANCELLED:
        return AnswerOutcome(error_code="cancelled")
    if row.sealed_answer is None:
        return None
    return vault.open(TABLE, "sealed_answer", row.pk, row.sealed_answer, AnswerOutcome)


def concern_of(row: Interruption, vault: Vault) -> Concern:
    """What worries about a question, its kind too. Raises ``VaultError``."""
    outcome = outcome_of(row, vault)
    return NO_CONCERN if outcome is None else outcome.concern


def partial_answer(row: Interruption, vault: Vault) -> PartialAnswer:
    """What has come of an answer so far. Raises ``VaultError``."""
    if row.sealed_partial is None:
        return PartialAnswer("", 0)
    return vault.open(TABLE, "sealed_partial", row.pk, row.sealed_partial, PartialAnswer)


def brief(
    asked: AskedQuestion,
    vault: Vault,
    book: BookStructure,
    *,
    reading_level: int,
    helpline: str,
    terms: ModelTerms,
    answered: Container[int],
) -> Question:
    """Everything that a tutor may know of a question: nothing past the child's sentence.
    ``answered`` are the checkpoints (primary keys) that the child has tried."""
    facts = asked.facts
    visible_to = facts.visible_to_word_index
    glossary, people = _glossary(book, visible_to)
    return Question(
        text=facts.text,
        kind=facts.kind,
        book_title=book.title,
        author=book.author,
        language=book.language,
        reading_level=reading_level,
        sentence=book.sentence_text(facts.word_index),
        word_index=facts.word_index,
        visible_to_word_index=visible_to,
        chapters=tuple(book.chapters_until(visible_to, most_words=MOST_WORDS)),
        earlier=_earlier(asked, vault),
        glossary=glossary,
        people=people,
        prepared=book.prepared_until(visible_to),
        helpline=helpline,
        checkpoints=_open_checkpoints(book, visible_to, answered),
        unread=UnreadBook(book, visible_to),
        may_ask_model=terms.may_ask,
        school=terms.school,
    )


def _open_checkpoints(
    book: BookStructure, visible_to: int, answered: Container[int]
) -> tuple[str, ...]:
    """The last questions of the page up to here that the child has not tried."""
    waiting = [
        place.question
        for place in book.checkpoints
        if place.at_word <= visible_to and place.pk not in answered
    ]
    return tuple(waiting[-MOST_CHECKPOINTS:])


def helpline_of(session: Session) -> str:
    """Whom the school of a session's child (with account and school at hand) names for those in
    trouble."""
    school = session.student.user.school
    return "" if school is None else school.helpline


def _glossary(book: BookStructure, visible_to: int) -> tuple[dict[str, str], dict[str, str]]:
    words: dict[str, str] = {}
    people: dict[str, str] = {}
    for note in book.notes:
        if note.first_word_index <= visible_to:
            into = people if note.is_person else words
            into[note.headword] = note.meaning
    return words, people


def _earlier(asked: AskedQuestion, vault: Vault) -> tuple[Exchange, ...]:
    """This session's earlier questions that were answered, oldest first. What a child told of
    themself is kept back, and what was answered with a fixed sentence: no tutor needs it."""
    if asked.number <= 1:
        return ()
    rows = Interruption.objects.filter(
        session_id=asked.session_id,
        number__lt=asked.number,
        status=Interruption.Status.ANSWERED,
        concern=ConcernSeverity.NONE,
    ).order_by("-number")[:EARLIER_QUESTIONS]
    exchanges = []
    for row in reversed(rows):
        outcome = outcome_of(row, vault)
        if outcome is not None and outcome.answer is not None and not outcome.answer.flags:
            exchanges.append(Exchange(question_facts(row, vault).text, outcome.text))
    return tuple(exchanges)
