"""Disabling, enabling and correcting accounts. None is ever deleted."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from .login.sign_ins import end_sign_ins
from .models import User


def disable_users(users: QuerySet[User]) -> int:
    """Disable accounts, end their sign-ins, and say how many they were."""
    with transaction.atomic():
        pks = list(users.values_list("pk", flat=True))
        disabled = User.objects.filter(pk__in=pks)
        disabled.update(is_active=False)
        end_sign_ins(disabled)
    return len(pks)


def enable_users(users: QuerySet[User]) -> int:
    """Enable accounts, and say how many they were."""
    return users.update(is_active=True, left_roster_on=None)
