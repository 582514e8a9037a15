from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models.functions import Now

from library.models import Book
from readerai.accounts.models import Student, User

if TYPE_CHECKING:
    from .key import SessionKey
    from .presence import Presence


def new_session_id() -> str:
    """``session-`` and 128 random bits: an address that cannot be guessed."""
    return f"session-{secrets.token_hex(16)}"


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User) -> Self:
        """The only way in to a session for a view, an API or a consumer."""
        return self.filter(student__in=Student.objects.visible_to(user))

    def open(self) -> Self:
        return self.exclude(status=Session.Status.COMPLETED)

    def idle_since(self, age: timedelta) -> Self:
        """Active sessions without activity for ``age``, by the database's clock."""
        return self.filter(status=Session.Status.ACTIVE, last_active_at__lt=Now() - age)


class Session(models.Model):
    """One student reading one book, from its opening to its completion.

    ``owner`` counts the connections that ever owned the session: a write carrying an
    older number is refused, whichever server it comes from. ``committed_ids`` are the
    client message ids that are saved (see ``domain.message_ids``). ``sealed_state`` is a
    ``domain.state.ReadingState`` under the session's own key. ``version`` grows with
    every change, for readers that want to know whether to look again.
    """

    class Status(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        COMPLETED = "completed"

    id = models.CharField(max_length=40, primary_key=True, default=new_session_id, editable=False)
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="sessions")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="sessions")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    started_at = models.DateTimeField()
    last_active_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    hand_raised_at = models.DateTimeField(null=True, blank=True)
    owner = models.PositiveIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=1)
    committed_ids = models.TextField(default="", blank=True)
    sealed_state = models.BinaryField()
    log_length = models.PositiveIntegerField(default=0)
    log_head = models.BinaryField(max_length=32, default=b"")

    objects = SessionQuerySet.as_manager()

    if TYPE_CHECKING:
        key: SessionKey
        presence: Presence

    class Meta:
        ordering: ClassVar[list[str]] = ["-last_active_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="session_status_known",
                condition=models.Q(status__in=["active", "paused", "completed"]),
            ),
            models.CheckConstraint(
                name="session_completed_has_a_time",
                condition=models.Q(status="completed", completed_at__isnull=False)
                | (~models.Q(status="completed") & models.Q(completed_at=None)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="session_of_student", fields=["student", "-last_active_at"]),
            models.Index(name="session_idle", fields=["status", "last_active_at"]),
        ]

    def __str__(self) -> str:
        return self.id
