"""What the feed asks the database: who may watch, and what there is to see of a class."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from readerai.accounts.models import Classroom, Role, SignIn, Student, User
from readerai.clock import db_now
from sessions_app.domain.overviews import SessionOverview, overviews
from sessions_app.models import Session

from ..access import log_class_access
from ..classes import by_child, children_now, classes_of, look_at, readable
from ..school_time import zone_of
from .cards import View, card_html, seat_cards

Html = dict[View, str]


@dataclass(frozen=True)
class Sight:
    """What a look at a class saw: its children in order, and every shown session by id."""

    students: list[Student]
    seen: dict[str, SessionOverview]

    @property
    def members(self) -> frozenset[int]:
        return frozenset(student.pk for student in self.students)


def open_class(user: User, slug: str) -> Classroom | None:
    """The class that ``user`` wants to watch, if it is theirs; that they do is logged."""
    classroom = classes_of(user).filter(slug=slug).first()
    if classroom is not None:
        log_class_access(user, classroom)
    return classroom


def whole_look(class_pk: int) -> Sight:
    """Everything that there is to see of a class now."""
    students = children_now(class_pk)
    seen = look_at([student.pk for student in students])
    return Sight(students, {each.summary.session_id: each for each in seen})


def students_of(ids: Collection[str]) -> dict[str, int]:
    """Whose sessions these are."""
    return dict(Session.objects.filter(pk__in=ids).values_list("pk", "student_id"))


def look_again(ids: Collection[str]) -> dict[str, SessionOverview]:
    """These sessions as they are now; an erased one is not among them."""
    found = overviews(readable(Session.objects.filter(pk__in=ids)))
    return {each.summary.session_id: each for each in found}


def no_cards(seen: Mapping[str, SessionOverview], only: frozenset[int]) -> dict[str, Html]:
    """Which sessions the cards of ``only`` these children show, where nobody sees cards."""
    mine = [each for each in seen.values() if each.session.student_id in only]
    return {each.summary.session_id: {} for each in by_child(mine).values()}


def cards_html(
    classroom: Classroom,
    students: Sequence[Student],
    seen: Mapping[str, SessionOverview],
    only: frozenset[int],
    views: Collection[View],
) -> dict[str, Html]:
    """The cards of ``only`` these children, under the session that each shows."""
    mine = [each for each in seen.values() if each.session.student_id in only]
    cards = seat_cards(students, by_child(mine), zone_of(classroom.school), db_now(), only)
    return {
        card.overview.summary.session_id: {view: card_html(card, view) for view in views}
        for card in cards
        if card.overview is not None
    }


def still_signed_in(sign_ins: Iterable[int]) -> set[int]:
    """Which of these sign-ins are live."""
    rows = SignIn.objects.live().filter(pk__in=list(sign_ins))
    return set(rows.values_list("pk", flat=True))


def still_teaching(class_pk: int, users: Iterable[int]) -> set[int]:
    """Which of these people teach the class, if it still runs."""
    rows = User.objects.filter(
        pk__in=list(users),
        role=Role.TEACHER,
        classrooms__pk=class_pk,
        classrooms__is_active=True,
    )
    return set(rows.values_list("pk", flat=True))


def members_now(class_pk: int) -> frozenset[int]:
    """The primary keys of a class's children of today."""
    return frozenset(student.pk for student in children_now(class_pk))
