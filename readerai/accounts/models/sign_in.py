from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Now

from .user import User


class SignInQuerySet(models.QuerySet["SignIn"]):
    def live(self) -> Self:
        """Neither ended nor expired, of an active account, by the database's clock."""
        return self.filter(ended_at=None, expires_at__gt=Now(), user__is_active=True)


class SignIn(models.Model):
    """A login of a browser or a bearer token, from its beginning to its end.

    Everything live depends on this row (sockets, tickets), so ending it ends them all.
    A token is kept only as its SHA-256 (it is random, so no slow hash is needed).
    """

    class Kind(models.TextChoices):
        BROWSER = "browser"
        TOKEN = "token"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # NULL where there is no token: unique, and any number of browsers without.
    token_hash = models.CharField(  # noqa: DJ001
        max_length=64, null=True, unique=True, editable=False
    )
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="sign_in_token_has_hash",
                condition=models.Q(kind="browser", token_hash=None)
                | models.Q(kind="token", token_hash__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
