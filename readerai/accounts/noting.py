"""What staff and teachers did, in the history that the admin shows of whom or what they did it to.

Who made or took away a child's way in is noted of the child: whoever has a child's badge or
pictures comes in as that child, past every access log. A roster is noted of its schools.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from .models import School, Student, User


def note_ways_in(user: User, students: Sequence[Student], what: str) -> None:
    """``what`` is a sentence about each of the students."""
    _note(user, Student, students, what)


def note_roster(user: User, schools: Sequence[School], what: str) -> None:
    """``what`` is a sentence that names nobody."""
    _note(user, School, schools, what)


def _note(user: User, kind: type[Model], things: Sequence[Model], what: str) -> None:
    content_type = ContentType.objects.get_for_model(kind)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=user,
            content_type=content_type,
            object_id=str(thing.pk),
            object_repr=str(thing)[:200],
            action_flag=CHANGE,
            change_message=what,
        )
        for thing in things
    )
