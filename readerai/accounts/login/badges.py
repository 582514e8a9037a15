"""QR badges: issued once, kept as a hash, revoked by the next one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from ..models import Badge, Student
from ..secrets import new_secret, secret_hash


def issue_badges(students: Iterable[Student]) -> dict[int, str]:
    """Give each student a new badge and revoke the old ones. Returns ``{student pk: secret}``."""
    secrets = {student.pk: new_secret() for student in students}
    with transaction.atomic():
        revoke_badges(Badge.objects.filter(student__in=list(secrets)))
        Badge.objects.bulk_create(
            Badge(student_id=pk, secret_hash=secret_hash(secret)) for pk, secret in secrets.items()
        )
    return secrets


def revoke_badges(badges: QuerySet[Badge]) -> int:
    """Revoke those that are in use, and say how many that were."""
    return badges.filter(revoked_at=None).update(revoked_at=Now())


def student_of_badge(secret: str) -> Student | None:
    """The child whose badge this is; None for a revoked or unknown one or a disabled account."""
    return (
        Student.objects.select_related("user")
        .filter(
            badges__secret_hash=secret_hash(secret),
            badges__revoked_at=None,
            user__is_active=True,
            user__role="student",
        )
        .first()
    )
