"""What the desk shows: concerns in the order in which they are to be looked at, and of one of them
the child's words. Looking is logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings

from library.book_structure import book_structure
from readerai.accounts.models import Classroom, School, User
from readerai.clock import db_now
from sessions_app.domain import attempts, questions
from sessions_app.domain.loading import vault_of
from sessions_app.models import AccessLogEntry, CheckpointAttempt
from sessions_app.records.access_log import record_access
from sessions_app.vault import Vault, VaultError

from ..models import ConcernMail
from ..school_time import zone_of
from ..wording import SEVERITIES, listed
from .access import children_of_desk, contact_schools
from .cases import (
    EVERY,
    ConcernCase,
    Written,
    cases,
    classes_of_children,
    school_of,
)
from .handling import note_of
from .recipients import ways_of

DEALT_WITH_DAYS: Final = 30


@dataclass(frozen=True)
class Step:
    """Something that was done about a concern."""

    at: dt.datetime
    text: str


@dataclass(frozen=True)
class Entry:
    """A concern as lists show it."""

    case: ConcernCase
    classes: list[Classroom]
    school: School | None

    @property
    def zone(self) -> dt.tzinfo:
        return zone_of(self.school)

    @property
    def where(self) -> str:
        return listed([room.name for room in self.classes])

    @property
    def severity_in_words(self) -> str:
        return SEVERITIES[self.case.severity]

    @property
    def state_in_words(self) -> str:
        record = self.case.record
        if record is None or record.seen_at is None:
            return "Nobody has seen it yet"
        if record.dealt_with_at is None:
            return f"{named(record.seen_by)} looks after it"
        return f"Dealt with by {named(record.dealt_with_by)}"

    @property
    def steps(self) -> list[Step]:
        """What grown-ups did, the first thing first."""
        record = self.case.record
        if record is None:
            return []
        done = [
            (record.seen_at, f"{named(record.seen_by)} saw it"),
            (record.dealt_with_at, f"{named(record.dealt_with_by)} dealt with it"),
        ]
        return [Step(at, text) for at, text in done if at is not None]


def named(user: User | None) -> str:
    """A grown-up as pages name them; one whose account is gone has no name."""
    return "Somebody" if user is None else user.get_full_name() or user.username


@dataclass(frozen=True)
class Desk:
    """What is open and urgent, what can wait, and what was dealt with lately."""

    urgent: list[Entry]
    low: list[Entry]
    dealt_with: list[Entry]
    contacts: list[str]
    mail_is_set_up: bool = field(default_factory=lambda: bool(settings.READERAI_MAIL))

    @property
    def entries(self) -> list[Entry]:
        return [*self.urgent, *self.low, *self.dealt_with]


def desk_of(user: User) -> Desk:
    """The desk of ``user``: the same few queries, however much is on it."""
    students = children_of_desk(user)
    since = db_now() - dt.timedelta(days=DEALT_WITH_DAYS)
    found = entries(cases(students, "open", EVERY))
    lately = entries(cases(students, "dealt with", EVERY, since=since))
    return Desk(
        urgent=[each for each in found if each.case.is_urgent],
        low=[each for each in found if not each.case.is_urgent],
        dealt_with=sorted(lately, key=lambda each: each.case.at, reverse=True),
        contacts=_contacts(user),
    )


def entries(found: Sequence[ConcernCase]) -> list[Entry]:
    """Concerns with their children's classes, in their order."""
    classes = classes_of_children(case.session.student_id for case in found) if found else {}
    made = []
    for case in found:
        rooms = classes.get(case.session.student_id, [])
        made.append(Entry(case, rooms, school_of(case.student, rooms)))
    return made


def _contacts(user: User) -> list[str]:
    schools = {school.pk: school for school in contact_schools(user)}
    if user.school is not None:
        schools[user.school.pk] = user.school
    ways = ways_of(schools.values())
    return [str(contact) for way in ways.values() for contact in way.contacts]


# -- one concern ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """What is sealed of a concern, opened. ``told`` are the mails about it, the first one first."""

    wrote: str
    answer: str
    asked: str
    sentence: str
    note: str
    told: list[ConcernMail]


def words_of_case(case: ConcernCase) -> Words | None:
    """The child's words and what belongs to them; None where they do not open."""
    try:
        vault = vault_of(case.session)
        wrote, answer, asked, word = _written(case.written, vault)
        note = note_of(case)
    except VaultError:
        return None
    told = [] if case.record is None else case.record.mails.select_related("user")
    return Words(
        wrote=wrote,
        answer=answer,
        asked=asked,
        sentence=book_structure(case.session.book_id).sentence_text(word),
        note=note,
        told=sorted(told, key=lambda mail: (mail.due_at, mail.pk)),
    )


def _written(written: Written, vault: Vault) -> tuple[str, str, str, int]:
    """What the child wrote, what was answered, what the book had asked, and the word it is at."""
    if isinstance(written, CheckpointAttempt):
        facts = attempts.attempt_facts(written, vault)
        return facts.answer, "", written.checkpoint.question, written.checkpoint.at_word
    asked = questions.question_facts(written, vault)
    outcome = questions.outcome_of(written, vault)
    return asked.text, "" if outcome is None else outcome.text, "", asked.word_index


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
    school = entries([case])[0].school
    if school is not None:
        record_access(
            school=school,
            actor=user,
            what=AccessLogEntry.What.WORDS,
            subject=case.session.pk,
            students=[case.session.student_id],
        )
