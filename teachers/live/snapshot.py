"""What there is to see of a class, from the database: all of it, or what changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from readerai.accounts.models import Classroom, Student
from readerai.clock import db_now
from sessions_app.domain.overviews import SessionOverview, overviews
from sessions_app.models import Session

from ..classes import children_enrolled_now, overview_rows
from ..concerns.marking import mark_concerns
from ..school_time import school_time_zone
from .cards import CardView, card_html, class_cards, contents_for
from .overviews import overview_by_child, shown_overviews
from .revisions import CardHtml


@dataclass(frozen=True)
class ClassSnapshot:
    """A class at one moment: its children in order, and every shown session by id."""

    students: list[Student]
    overviews: dict[str, SessionOverview]

    @property
    def members(self) -> frozenset[int]:
        """The children's primary keys."""
        return frozenset(student.pk for student in self.students)


def class_snapshot(class_pk: int) -> ClassSnapshot:
    """Everything that there is to see of a class now."""
    students = children_enrolled_now(class_pk)
    shown = shown_overviews([student.pk for student in students])
    return ClassSnapshot(students, {overview.summary.session_id: overview for overview in shown})


def members_now(class_pk: int) -> frozenset[int]:
    """The primary keys of a class's children of today."""
    return frozenset(student.pk for student in children_enrolled_now(class_pk))


def students_of(session_ids: Collection[str]) -> dict[str, int]:
    """Whose sessions these are, by primary key."""
    return dict(Session.objects.filter(pk__in=session_ids).values_list("pk", "student_id"))


def current_overviews(session_ids: Collection[str]) -> dict[str, SessionOverview]:
    """These sessions as they are now; an erased one is not among them."""
    rows = mark_concerns(overviews(overview_rows(Session.objects.filter(pk__in=session_ids))))
    return {overview.summary.session_id: overview for overview in rows}


def cards_of(
    classroom: Classroom,
    snapshot: ClassSnapshot,
    children: frozenset[int],
    views: Collection[CardView],
) -> dict[str, CardHtml]:
    """The cards of some of a class's ``children`` in each of the ``views`` that somebody looks
    at, under the session that each is about."""
    chosen = overview_by_child(_overviews_of(snapshot.overviews, children))
    if not views:
        return {overview.summary.session_id: {} for overview in chosen.values()}
    zone = school_time_zone(classroom.school)
    cards = class_cards(
        snapshot.students, chosen, zone, db_now(), contents=contents_for(chosen), only=children
    )
    return {
        card.overview.summary.session_id: {view: card_html(card, view) for view in views}
        for card in cards
        if card.overview is not None
    }


def _overviews_of(
    shown: Mapping[str, SessionOverview], children: frozenset[int]
) -> list[SessionOverview]:
    return [overview for overview in shown.values() if overview.session.student_id in children]
