"""Which sessions of a child are shown live, and which of them its card is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from readerai.accounts.models import Student
from readerai.clock import db_now
from sessions_app.domain.overviews import SessionOverview, overviews
from sessions_app.models import Session

from ..classes import overview_rows
from ..concerns.marking import mark_concerns

#: Beside a child's newest session, those of the last hours are shown, up to a few.
LATELY: Final = dt.timedelta(hours=12)
MOST_PER_CHILD: Final = 8


def shown_sessions(students: Sequence[int]) -> QuerySet[Session]:
    """Each child's newest session and those of the last hours, the newest first. However long
    a child's history is, only its end is read."""
    kept = Session.objects.filter(key__erased_at=None)
    of_the_child = kept.filter(student=OuterRef("pk")).order_by("-last_active_at", "pk")
    newest = Student.objects.filter(pk__in=students).values(
        newest=Subquery(of_the_child.values("pk")[:1])
    )
    lately = (
        kept.filter(student__in=students, last_active_at__gt=db_now() - LATELY)
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
    return overview_rows(rows).order_by("-last_active_at", "pk")


def shown_overviews(students: Sequence[int]) -> list[SessionOverview]:
    """The overviews of ``shown_sessions`` as they are now."""
    return mark_concerns(overviews(shown_sessions(students)))


def overview_by_child(shown: Iterable[SessionOverview]) -> dict[int, SessionOverview]:
    """The one session of each child that a card is about: the one they are in, else the newest."""
    chosen: dict[int, SessionOverview] = {}
    for overview in shown:
        child = overview.session.student_id
        if child not in chosen or _rank(overview) > _rank(chosen[child]):
            chosen[child] = overview
    return chosen


def _rank(overview: SessionOverview) -> tuple[bool, dt.datetime, str]:
    return overview.summary.online, overview.session.last_active_at, overview.session.pk
