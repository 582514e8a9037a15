"""What a child has done, told to that child: questions, words, and who had a look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from readerai.accounts.models import Classroom, SafeguardingContact, Student, User

from ..domain import questions
from ..models import AccessLogEntry, Interruption
from ..records import access_log
from ..tutor.types import Definition
from .shelf import Reading

MOST_QUESTIONS: Final = 60
MOST_LOOKS: Final = 30
LOOK_DAYS: Final = 90

LOOKED_AT: Final[dict[str, str]] = {
    AccessLogEntry.What.CLASS: "looked at the class page, where your reading is",
    AccessLogEntry.What.STUDENT: "looked at the page about your reading",
    AccessLogEntry.What.SESSION: "looked at a book you read and what you did in it",
    AccessLogEntry.What.WORDS: "read your questions and answers",
    AccessLogEntry.What.EXPORT: "made a copy of your reading",
    AccessLogEntry.What.ERASURE: "erased things that were kept about you",
    AccessLogEntry.What.DESK: "looked whether a child needs help",
    AccessLogEntry.What.SEEN: "looked after something you wrote",
    AccessLogEntry.What.DEALT_WITH: "looked after something you wrote",
}


@dataclass(frozen=True)
class Asked:
    """One question of the child's, with what came of it."""

    at: dt.datetime
    book_title: str
    question: str
    answer: str
    word: str
    definition: str


@dataclass(frozen=True)
class SeenBy:
    """Somebody had a look: when, who, at what, and why where they had to say."""

    at: dt.datetime
    who: str
    did: str
    reason: str


def asked(found: Sequence[Reading], *, most: int = MOST_QUESTIONS) -> list[Asked]:
    """Questions with their answers, the last one first."""
    by_session = {reading.session.pk: reading for reading in found}
    rows = Interruption.objects.filter(
        session__in=by_session, status=Interruption.Status.ANSWERED
    ).order_by("-asked_at")[:most]
    return [_asked(row, by_session[row.session_id]) for row in rows]


def _asked(row: Interruption, reading: Reading) -> Asked:
    vault = reading.opening.vault
    question = questions.question_facts(row, vault)
    outcome = questions.outcome_of(row, vault)
    answer = None if outcome is None else outcome.answer
    meaning = None if answer is None else answer.structured
    return Asked(
        at=row.asked_at,
        book_title=reading.session.book.title,
        question=question.text,
        answer=answer.text if answer is not None else "",
        word=meaning.word if isinstance(meaning, Definition) else "",
        definition=meaning.definition if isinstance(meaning, Definition) else "",
    )


def words_met(found: Iterable[Asked]) -> dict[str, str]:
    """Words that were looked up, with their meanings, in the order of the alphabet."""
    met = {each.word.casefold(): each.definition for each in found if each.word}
    return dict(sorted(met.items()))


def teachers_of(student: Student) -> list[User]:
    """The grown-ups whose class the child is in."""
    classes = Classroom.objects.filter(
        is_active=True, enrolments__student=student, enrolments__ended_on=None
    )
    return list(User.objects.filter(classrooms__in=classes).distinct().order_by("last_name", "pk"))


def told_of_trouble(student: Student, teachers: Iterable[User]) -> list[str]:
    """Who is told when a child of these teachers writes that something is very wrong: they, and
    those whom the school named."""
    contacts = SafeguardingContact.objects.acting().filter(policy=student.user.school_id)
    people = [*teachers, *(contact.user for contact in contacts.select_related("user"))]
    return list(dict.fromkeys(user.get_full_name() or user.username for user in people))


def accesses_to(student: Student) -> list[SeenBy]:
    """Who had a look at this child's reading lately, the last one first."""
    since = timezone.now() - dt.timedelta(days=LOOK_DAYS)
    mine = list(
        access_log.accesses_to(student.pk)
        .filter(at__gte=since, what__in=LOOKED_AT)
        .order_by("-at", "-pk")[:MOST_LOOKS]
    )
    names = _names(row.actor for row in mine)
    return [
        SeenBy(row.at, names.get(row.actor, "Your school"), LOOKED_AT[row.what], row.reason)
        for row in mine
    ]


def _names(actors: Iterable[str]) -> dict[str, str]:
    people = User.objects.filter(pk__in=[int(actor) for actor in actors if actor.isdigit()])
    return {str(user.pk): user.get_full_name() or user.username for user in people}
