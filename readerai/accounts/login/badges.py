"""QR badges: issued once, kept as a hash, revoked by the next one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models.functions import Now

from ..models import Badge, Student
from ..secrets import new_secret, secret_hash


def issue_badges(students: Iterable[Student]) -> dict[int, str]:
    """New badges, and the old ones opened nothing from then on: ``{student pk: secret}``."""
    secrets = {student.pk: new_secret() for student in students}
    with transaction.atomic():
        Badge.objects.filter(student__in=list(secrets), revoked_at=None).update(revoked_at=Now())
        Badge.objects.bulk_create(
            Badge(student_id=pk, secret_hash=secret_hash(secret)) for pk, secret in secrets.items()
        )
    return secrets


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
