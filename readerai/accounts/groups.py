"""Groups within a class, which reading lists are made for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from .models import ClassGroup, Student


class GroupNameTaken(Exception):
    """The class has another group of that name. Nothing was changed."""


def save_group(group: ClassGroup, name: str, members: Iterable[Student]) -> None:
    """Make a new group, or give one its name and members. Raises ``GroupNameTaken``."""
    group.name = name
    try:
        with transaction.atomic():
            group.save()
            group.students.set(members)
    except IntegrityError:
        raise GroupNameTaken from None


def delete_group(group: ClassGroup) -> None:
    """Delete a group; its children stay in the class."""
    group.delete()
