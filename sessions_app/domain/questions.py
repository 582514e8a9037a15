"""What is sealed of an interruption, and the brief that a tutor gets for it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from library.book_structure import BookStructure
from library.models import GlossaryEntry

from ..models import Interruption, Session
from ..tutor.types import ChapterSoFar, Exchange, Question, QuestionKind, Sentence
from ..vault import Vault

TABLE: Final = "interruption"
EARLIER_QUESTIONS: Final = 12
# Far more than a prompt takes; it bounds the work for a book of millions of words.
MOST_WORDS: Final = 120_000


class AskedFacts(Struct, frozen=True):
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


class DefinitionFacts(Struct, frozen=True):
    word: str
    definition: str
    examples: list[str] = []
    related_words: list[str] = []


class AnswerFacts(Struct, frozen=True):
    """``sealed_answer``: the whole answer, or with ``error_code`` why there is none."""

    text: str = ""
    response_type: str = "text"
    answered_by: str = ""
    visible_to_word_index: int = 0
    structured: DefinitionFacts | None = None
    citations: list[tuple[int, int]] = []
    suggestions: list[tuple[str, str]] = []
    flags: list[str] = []
    error_code: str = ""


class PartialFacts(Struct, frozen=True):
    """``sealed_partial``: what has come of an answer so far."""

    text: str
    next_index: int


def asked(interruption: Interruption, vault: Vault) -> AskedFacts:
    sealed = interruption.sealed_question
    return vault.open(TABLE, "sealed_question", interruption.pk, sealed, AskedFacts)


def answered(interruption: Interruption, vault: Vault) -> AnswerFacts | None:
    sealed = interruption.sealed_answer
    if sealed is None:
        return None
    return vault.open(TABLE, "sealed_answer", interruption.pk, sealed, AnswerFacts)


def partial(interruption: Interruption, vault: Vault) -> PartialFacts:
    sealed = interruption.sealed_partial
    if sealed is None:
        return PartialFacts("", 0)
    return vault.open(TABLE, "sealed_partial", interruption.pk, sealed, PartialFacts)


def brief(
    interruption: Interruption, session: Session, vault: Vault, book: BookStructure
) -> Question:
    """Everything that a tutor may know of a question: nothing past the child's sentence."""
    facts = asked(interruption, vault)
    visible_to = facts.visible_to_word_index
    glossary, people = _glossary(book, visible_to)
    return Question(
        text=facts.text,
        kind=facts.kind,
        book_title=book.title,
        author=book.author,
        language=book.language,
        reading_level=session.student.reading_level,
        sentence=book.sentence_text(facts.word_index),
        word_index=facts.word_index,
        visible_to_word_index=visible_to,
        chapters=tuple(
            ChapterSoFar(
                chapter.chapter_index,
                chapter.title,
                chapter.finished,
                tuple(Sentence(*sentence) for sentence in chapter.sentences),
            )
            for chapter in book.chapters_until(visible_to, most_words=MOST_WORDS)
        ),
        earlier=_earlier(interruption, vault),
        glossary=glossary,
        people=people,
    )


def _glossary(book: BookStructure, visible_to: int) -> tuple[dict[str, str], dict[str, str]]:
    words: dict[str, str] = {}
    people: dict[str, str] = {}
    entries = GlossaryEntry.objects.filter(book_id=book.book_id, first_word_index__lte=visible_to)
    for entry in entries:
        into = people if entry.kind == GlossaryEntry.Kind.PERSON else words
        into[entry.headword] = entry.meaning
    return words, people


def _earlier(interruption: Interruption, vault: Vault) -> tuple[Exchange, ...]:
    """This session's earlier questions that were answered, oldest first."""
    rows = Interruption.objects.filter(
        session_id=interruption.session_id,
        number__lt=interruption.number,
        status=Interruption.Status.ANSWERED,
    ).order_by("-number")[:EARLIER_QUESTIONS]
    exchanges = []
    for row in reversed(rows):
        answer = answered(row, vault)
        if answer is not None:
            exchanges.append(Exchange(asked(row, vault).text, answer.text))
    return tuple(exchanges)
