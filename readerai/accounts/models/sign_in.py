from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import SHA256, Now

from .user import User


class _Digest(SHA256):
    """SHA-256 as hex by PostgreSQL itself: Django's asks for an extension."""

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "ENCODE(SHA256(CONVERT_TO((%(expressions)s)::text, 'UTF8')), 'hex')"
        return self.as_sql(compiler, connection, template=template, **extra)


def is_live(sign_in: str = "") -> models.Q:
    """Whether a sign-in is neither ended nor expired, by the database's clock, and the account
    active with the password that it had then. ``sign_in`` is the path to it, as in ``sign_in__``.

    The database compares the password's digest, so that every change of a password ends what came
    in by the one before: by whatever page, command or statement it is made.
    """
    return models.Q(
        (f"{sign_in}ended_at", None),
        (f"{sign_in}expires_at__gt", Now()),
        (f"{sign_in}user__is_active", True),
        (f"{sign_in}password_digest", _Digest(f"{sign_in}user__password")),
    )


class SignInQuerySet(models.QuerySet["SignIn"]):
    def live(self) -> Self:
        return self.filter(is_live())


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
    password_digest = models.CharField(max_length=64, editable=False)
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
