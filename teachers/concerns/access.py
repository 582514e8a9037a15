"""Who sees which concerns: teachers those of their classes, a school's named contacts all of it."""

from __future__ import annotations

from typing import ParamSpec

from django.db.models import Q, QuerySet
from django.http import Http404

from readerai.accounts.access import PersonView, View, required
from readerai.accounts.models import Classroom, Role, SafeguardingContact, School, Student, User

from .cases import ConcernCase, case_of

P = ParamSpec("P")


def contact_schools(user: User) -> QuerySet[School]:
    """The schools that named ``user`` as a contact and that they still work at."""
    acting = SafeguardingContact.objects.acting().filter(user=user)
    return School.objects.filter(pk__in=acting.values("policy"))


def children_of_desk(user: User) -> QuerySet[Student]:
    """The children whose concerns ``user`` sees."""
    own = Q(pk__in=Student.objects.visible_to(user).values("pk"))
    if user.role != Role.TEACHER:
        own = Q(pk__in=[])
    schools = contact_schools(user)
    classes = Classroom.objects.filter(school__in=schools, is_active=True)
    enrolled = Student.objects.filter(
        enrolments__classroom__in=classes, enrolments__ended_on=None, user__school=None
    )
    return Student.objects.filter(
        own | Q(user__school__in=schools) | Q(pk__in=enrolled.values("pk"))
    )


def visible_case(user: User, concern_id: str) -> ConcernCase:
    """A concern that ``user`` may see; raises ``Http404`` for any other and for none."""
    found = case_of(children_of_desk(user), concern_id)
    if found is None:
        raise Http404
    return found


def _has_a_desk(user: User) -> bool:
    return user.is_teacher or (user.is_staff_role and contact_schools(user).exists())


def desk_required(view: PersonView[P]) -> View[P]:
    """Teachers, and staff whom a school named as a contact."""
    return required(_has_a_desk)(view)
