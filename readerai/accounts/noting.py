"""Who made or took away a child's way in: in the history that the admin shows of the child.

Whoever has a child's badge or pictures comes in as that child, past every log of looks.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from .models import Student, User


def note_ways_in(user: User, students: Sequence[Student], what: str) -> None:
    """``what`` is a sentence about each of the students."""
    kind = ContentType.objects.get_for_model(Student)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=user,
            content_type=kind,
            object_id=str(student.pk),
            object_repr=str(student)[:200],
            action_flag=CHANGE,
            change_message=what,
        )
        for student in students
    )
