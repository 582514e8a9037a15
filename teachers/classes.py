"""A teacher's classes, the children in them, and which of a child's sessions are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from readerai.accounts.models import Classroom, Enrolment, Role, Student, User
from readerai.clock import db_now
from sessions_app.domain.attention import Reason
from sessions_app.domain.overviews import SessionOverview, overviews
from sessions_app.models import Session

#: Beside a child's newest session, those of the last hours are shown, up to a few.
LATELY: Final = dt.timedelta(hours=12)
MOST_PER_CHILD: Final = 8

_HERE_NOW: Final = Q(ended_on=None, student__user__is_active=True, student__user__role=Role.STUDENT)


def classes_of(user: User) -> QuerySet[Classroom]:
    """The running classes that ``user`` teaches, each with its children of today (``here``)."""
    here = Prefetch(
        "enrolments",
        Enrolment.objects.filter(_HERE_NOW)
        .select_related("student")
        .order_by("student__display_name", "student__slug"),
        to_attr="here",
    )
    return (
        Classroom.objects.visible_to(user)
        .select_related("school")
        .prefetch_related(here)
        .order_by("name", "slug")
    )


def class_of(user: User, slug: str) -> Classroom:
    """A class that ``user`` teaches; raises ``Http404`` alike for any other and for none."""
    found = classes_of(user).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def children(classroom: Classroom) -> list[Student]:
    """The children of a class that came from ``classes_of``, by name."""
    enrolments: list[Enrolment] = getattr(classroom, "here")  # noqa: B009 - set by the prefetch
    return [each.student for each in enrolments]


def children_now(class_pk: int) -> list[Student]:
    """A class's children of today, by name; nobody's where it does not run any more."""
    rows = Enrolment.objects.filter(_HERE_NOW, classroom=class_pk, classroom__is_active=True)
    rows = rows.select_related("student").order_by("student__display_name", "student__slug")
    return [each.student for each in rows]


def readable(rows: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions with all that a summary needs, without those whose key was erased."""
    return rows.filter(key__erased_at=None).select_related("student", "book", "key", "presence")


def sessions_of(students: Iterable[int]) -> QuerySet[Session]:
    """Every session of these children."""
    return readable(Session.objects.filter(student__in=list(students)))


def shown_sessions(students: Sequence[int]) -> QuerySet[Session]:
    """Each child's newest session and those of the last hours, the newest first. However long
    a child's history is, only its end is read."""
    kept = Session.objects.filter(student__in=students, key__erased_at=None)
    of_the_child = Session.objects.filter(student=OuterRef("pk"), key__erased_at=None)
    newest = Student.objects.filter(pk__in=students).values(
        newest=Subquery(of_the_child.order_by("-last_active_at", "pk").values("pk")[:1])
    )
    lately = (
        kept.filter(last_active_at__gt=db_now() - LATELY)
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=[F("student_id")],
                order_by=[F("last_active_at").desc(), F("pk").asc()],
            )
        )
        .filter(place__lte=MOST_PER_CHILD)
    )
    rows = Session.objects.filter(Q(pk__in=newest) | Q(pk__in=lately.values("pk")))
    return readable(rows).order_by("-last_active_at", "pk")


def by_child(found: Iterable[SessionOverview]) -> dict[int, SessionOverview]:
    """The one session of each child that a card shows: where they are online, else the newest.
    Worrying words show there though they were said in another."""
    chosen: dict[int, SessionOverview] = {}
    worrying: set[int] = set()
    for overview in found:
        child = overview.session.student_id
        if Reason.DISTRESS in overview.reasons:
            worrying.add(child)
        before = chosen.get(child)
        if before is None or _rank(overview) > _rank(before):
            chosen[child] = overview
    for child in worrying:
        others = [each for each in chosen[child].reasons if each != Reason.DISTRESS]
        chosen[child] = replace(chosen[child], reasons=[Reason.DISTRESS, *others])
    return chosen


def _rank(overview: SessionOverview) -> tuple[bool, dt.datetime, str]:
    return overview.summary.online, overview.session.last_active_at, overview.session.pk


def look_at(students: Sequence[int]) -> list[SessionOverview]:
    """What there is to see of these children now."""
    return overviews(shown_sessions(students))
