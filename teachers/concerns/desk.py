"""What the desk shows: concerns in the order in which they are to be looked at, and of one of them
the child's words. Looking is logged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Final

from django.conf import settings

from library.book_structure import book_structure
from readerai.accounts.models import School, User
from readerai.clock import db_now
from sessions_app.domain import questions
from sessions_app.domain.hand import attempts
from sessions_app.domain.hand.loading import vault_of
from sessions_app.models import AccessLogEntry, CheckpointAttempt
from sessions_app.records.access_log import record_access
from sessions_app.tutor.concern import Concern
from sessions_app.tutor.guard import redact
from sessions_app.vault import Vault, VaultError

from ..models import ConcernMail
from ..wording import KINDS
from .access import children_of_desk, contact_schools
from .cases import (
    EVERY,
    ConcernCase,
    Written,
    cases,
)
from .entries import ConcernEntry, concern_entries
from .handling import note_of
from .recipients import ways_of

DEALT_WITH_DAYS: Final = 30


@dataclass(frozen=True)
class Desk:
    """What is open and urgent, what can wait, and what was dealt with lately."""

    urgent: list[ConcernEntry]
    low: list[ConcernEntry]
    dealt_with: list[ConcernEntry]
    contacts: list[str]
    mail_is_set_up: bool = field(default_factory=lambda: bool(settings.READERAI_MAIL))

    @property
    def entries(self) -> list[ConcernEntry]:
        return [*self.urgent, *self.low, *self.dealt_with]


def desk_of(user: User) -> Desk:
    """The desk of ``user``: the same few queries, however much is on it."""
    students = children_of_desk(user)
    since = db_now() - dt.timedelta(days=DEALT_WITH_DAYS)
    found = concern_entries(cases(students, "open", EVERY))
    lately = concern_entries(cases(students, "dealt with", EVERY, since=since))
    return Desk(
        urgent=[each for each in found if each.case.is_urgent],
        low=[each for each in found if not each.case.is_urgent],
        dealt_with=sorted(lately, key=lambda each: each.case.at, reverse=True),
        contacts=_contacts(user),
    )


def _contacts(user: User) -> list[str]:
    schools = {school.pk: school for school in contact_schools(user)}
    if user.school is not None:
        schools[user.school.pk] = user.school
    ways = ways_of(schools.values())
    return [str(contact) for way in ways.values() for contact in way.contacts]


# -- one concern ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Writing:
    """What a child wrote and what is known of it. ``asked`` is the question of the book where it
    answers one, ``word`` the word of the book that it is at."""

    wrote: str
    concern: Concern
    word: int
    answer: str = ""
    asked: str = ""


@dataclass(frozen=True)
class ConcernWords:
    """What is sealed of a concern, opened. ``told`` are the mails about it, the first one first."""

    writing: Writing
    sentence: str
    note: str
    told: list[ConcernMail]

    @property
    def kind(self) -> str:
        return KINDS[self.writing.concern.kind]


def words_of_case(case: ConcernCase) -> ConcernWords | None:
    """The child's words and what belongs to them; None where they do not open. Private data is
    struck out, but where the child may be in danger."""
    try:
        vault = vault_of(case.session)
        writing, note = _writing(case.written, vault), note_of(case)
    except VaultError:
        return None
    if not case.is_urgent:
        writing = replace(writing, wrote=redact(writing.wrote))
    told = [] if case.record is None else case.record.mails.select_related("user")
    return ConcernWords(
        writing=writing,
        sentence=book_structure(case.session.book_id).sentence_text(writing.word),
        note=note,
        told=sorted(told, key=lambda mail: (mail.due_at, mail.pk)),
    )


def _writing(written: Written, vault: Vault) -> Writing:
    if isinstance(written, CheckpointAttempt):
        facts = attempts.attempt_facts(written, vault)
        checkpoint = written.checkpoint
        return Writing(facts.answer, facts.concern, checkpoint.at_word, asked=checkpoint.question)
    question = questions.question_facts(written, vault)
    outcome = questions.outcome_of(written, vault)
    return Writing(
        question.text,
        questions.concern_of(written, vault),
        question.word_index,
        answer="" if outcome is None else outcome.text,
    )


# -- the access log ------------------------------------------------------------------------


def log_desk(user: User, desk: Desk) -> None:
    """``user`` saw whose concerns are on the desk: an entry for each school."""
    schools: dict[int, tuple[School, set[int]]] = {}
    for each in desk.entries:
        if each.school is not None:
            _, children = schools.setdefault(each.school.pk, (each.school, set()))
            children.add(each.case.session.student_id)
    for school, children in schools.values():
        record_access(
            school=school,
            actor=user,
            what=AccessLogEntry.What.DESK,
            subject="concerns",
            students=sorted(children),
        )


def log_words(user: User, case: ConcernCase) -> None:
    """``user`` read what a child wrote: as on a session's own page."""
    school = concern_entries([case])[0].school
    if school is not None:
        record_access(
            school=school,
            actor=user,
            what=AccessLogEntry.What.WORDS,
            subject=case.session.pk,
            students=[case.session.student_id],
        )
