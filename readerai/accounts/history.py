"""What staff and teachers did, in the history that the admin shows of an object.

A change of a child's login methods is recorded at the child: whoever has a child's badge or
pictures signs in as that child, past every access log. A roster is recorded at its schools.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from .models import Classroom, School, Student, User


def record_login_change(user: User, students: Sequence[Student], message: str) -> None:
    """``message`` is a sentence about each of the students."""
    _record(user, Student, students, message)


def record_class_change(user: User, classroom: Classroom, message: str) -> None:
    """``message`` is a sentence about the class's way in."""
    _record(user, Classroom, [classroom], message)


def record_roster_import(user: User, schools: Sequence[School], message: str) -> None:
    """``message`` is a sentence that names nobody."""
    _record(user, School, schools, message)


def _record(user: User, model: type[Model], objects: Sequence[Model], message: str) -> None:
    content_type = ContentType.objects.get_for_model(model)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=user,
            content_type=content_type,
            object_id=str(changed.pk),
            object_repr=str(changed)[:200],
            action_flag=CHANGE,
            change_message=message,
        )
        for changed in objects
    )
