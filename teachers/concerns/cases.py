"""Concerns as people look at them. What a child wrote is the truth of it: a question, or an answer
in a book, whose row says how grave it is, with the record of what grown-ups did where there is one.
So a case is open from the commit of what was written on, whether or not anybody was told yet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.db.models import Q, QuerySet

from readerai.accounts.models import Classroom, Enrolment, School, Student
from sessions_app.models import CheckpointAttempt, ConcernSeverity, Interruption, Session

from ..models import SafeguardingConcern

#: What people are told of, and what stays at the top of every page until it is dealt with.
URGENT: Final = (ConcernSeverity.GRAVE, ConcernSeverity.MILD)
EVERY: Final = (*URGENT, ConcernSeverity.LOW)
_RANKS: Final = {severity: rank for rank, severity in enumerate(EVERY)}

Written = Interruption | CheckpointAttempt
State = Literal["open", "dealt with"]

_STATES: Final[dict[State, Q]] = {
    "open": Q(safeguarding=None) | Q(safeguarding__dealt_with_at=None),
    "dealt with": Q(safeguarding__dealt_with_at__isnull=False),
}
_BESIDE: Final = (
    "session__student__user__school",
    "session__book",
    "session__key",
    "safeguarding__seen_by",
    "safeguarding__dealt_with_by",
)


@dataclass(frozen=True)
class ConcernCase:
    """Something that a child wrote, how grave it is, and what was done about it."""

    written: Written
    at: dt.datetime

    @property
    def pk(self) -> str:
        """The one name of a concern, made from the row of what was written."""
        written = self.written
        return written.pk if isinstance(written, Interruption) else f"attempt-{written.pk}"

    @property
    def severity(self) -> ConcernSeverity:
        return ConcernSeverity(self.written.concern)

    @property
    def session(self) -> Session:
        return self.written.session

    @property
    def student(self) -> Student:
        return self.session.student

    @property
    def record(self) -> SafeguardingConcern | None:
        return getattr(self.written, "safeguarding", None)

    @property
    def is_urgent(self) -> bool:
        return self.severity in URGENT

    @property
    def is_seen(self) -> bool:
        return self.record is not None and self.record.seen_at is not None

    @property
    def is_dealt_with(self) -> bool:
        return self.record is not None and self.record.dealt_with_at is not None


def cases(
    students: Iterable[int] | QuerySet[Student],
    state: State = "open",
    severities: Collection[ConcernSeverity] = URGENT,
    *,
    since: dt.datetime | None = None,
) -> list[ConcernCase]:
    """The concerns about these children: what nobody has seen first, the gravest, the oldest. Two
    queries, however many."""
    found = _found(Q(session__student__in=students) & _STATES[state], severities, since)
    return sorted(found, key=lambda case: (case.is_seen, _RANKS[case.severity], case.at, case.pk))


def session_cases(session: Session) -> list[ConcernCase]:
    """Every concern of one session, the first one first."""
    return sorted(_found(Q(session=session), EVERY, None), key=lambda case: (case.at, case.pk))


def sessions_with_open_cases() -> Q:
    """The sessions in which something was written that nobody has dealt with yet."""
    condition = _STATES["open"] & Q(concern__in=URGENT)
    asked = Interruption.objects.filter(condition).values("session")
    answered = CheckpointAttempt.objects.filter(condition).values("session")
    return Q(pk__in=asked) | Q(pk__in=answered)


def unseen_cases() -> list[ConcernCase]:
    """Every concern that somebody is to be told of, at whatever school."""
    return _found(Q(safeguarding=None) | Q(safeguarding__seen_at=None), URGENT, None)


def case_of(students: QuerySet[Student], concern_id: str) -> ConcernCase | None:
    """One concern about one of these children, by its name."""
    condition = Q(session__student__in=students)
    if concern_id.startswith("interruption-"):
        condition &= Q(pk=concern_id)
        return next(iter(_asked(condition, EVERY)), None)
    number = concern_id.removeprefix("attempt-")
    if number == concern_id or not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return next(iter(_answered(condition & Q(pk=int(number)), EVERY)), None)


def open_by_child(students: Iterable[int]) -> dict[int, list[ConcernCase]]:
    """The open urgent concerns about these children, by child."""
    found: defaultdict[int, list[ConcernCase]] = defaultdict(list)
    for case in cases(list(students)):
        found[case.session.student_id].append(case)
    return dict(found)


def _found(
    condition: Q, severities: Collection[ConcernSeverity], since: dt.datetime | None
) -> list[ConcernCase]:
    asked = condition if since is None else condition & Q(asked_at__gte=since)
    answered = condition if since is None else condition & Q(at__gte=since)
    return [*_asked(asked, severities), *_answered(answered, severities)]


def _asked(condition: Q, severities: Collection[ConcernSeverity]) -> list[ConcernCase]:
    rows = _rows(Interruption.objects.all(), condition, severities)
    return [ConcernCase(row, row.asked_at) for row in rows]


def _answered(condition: Q, severities: Collection[ConcernSeverity]) -> list[ConcernCase]:
    rows = _rows(CheckpointAttempt.objects.select_related("checkpoint"), condition, severities)
    return [ConcernCase(row, row.at) for row in rows]


def _rows(rows: QuerySet[Any], condition: Q, severities: Collection[ConcernSeverity]) -> Any:
    """An erased session's rows are on their way out, and open no more."""
    rows = rows.filter(condition, concern__in=severities, session__key__erased_at=None)
    return rows.select_related(*_BESIDE)


def classes_of_children(students: Iterable[int]) -> dict[int, list[Classroom]]:
    """The running classes that each of these children is in now, with their schools."""
    found: defaultdict[int, list[Classroom]] = defaultdict(list)
    enrolments = Enrolment.objects.filter(
        student__in=set(students), ended_on=None, classroom__is_active=True
    )
    for enrolment in enrolments.select_related("classroom__school").order_by("classroom__name"):
        found[enrolment.student_id].append(enrolment.classroom)
    return found


def school_of(student: Student, classes: Iterable[Classroom]) -> School | None:
    """A child's school: their own, or that of a class that they are in."""
    return student.user.school or next((each.school for each in classes), None)
