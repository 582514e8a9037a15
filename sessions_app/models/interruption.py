from __future__ import annotations

import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Now

from .concern import ConcernSeverity
from .session import Session


def new_interruption_id() -> str:
    return f"interruption-{secrets.token_hex(12)}"


class InterruptionQuerySet(models.QuerySet["Interruption"]):
    def pending(self) -> Self:
        return self.filter(status=Interruption.Status.PENDING)

    def of_concern(self) -> Self:
        """Those that a grown-up should look at."""
        return self.exclude(concern=ConcernSeverity.NONE)

    def orphaned(self) -> Self:
        """Pending, with no server at work on them any more, by the database's clock."""
        return self.pending().filter(lease_until__lt=Now())


class Interruption(models.Model):
    """A question that a child asked while reading, and its answer.

    ``sealed_question``, ``sealed_answer`` and ``sealed_partial`` (what has come of an
    answer so far) hold the structs of ``domain.interruptions``. A server that answers
    holds a lease and renews it; ``attempt`` counts the leases, and a write carrying an
    older one is refused. The tokens are those that every model took which was asked for
    the answer, ``microdollars`` their price.
    """

    class Status(models.TextChoices):
        PENDING = "pending"
        ANSWERED = "answered"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.CharField(
        max_length=40, primary_key=True, default=new_interruption_id, editable=False
    )
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="interruptions")
    number = models.PositiveIntegerField()
    client = models.CharField(max_length=36, blank=True)
    client_id = models.PositiveBigIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    concern = models.CharField(max_length=5, choices=ConcernSeverity, default=ConcernSeverity.NONE)
    sealed_question = models.BinaryField()
    sealed_answer = models.BinaryField(null=True)
    sealed_partial = models.BinaryField(null=True)
    lease_server = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    input_tokens = models.PositiveIntegerField(default=0)
    cache_write_tokens = models.PositiveIntegerField(default=0)
    cache_read_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    microdollars = models.PositiveIntegerField(default=0)

    objects = InterruptionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["session", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="interruption_number_once", fields=["session", "number"]),
            models.UniqueConstraint(
                name="interruption_client_id_once", fields=["session", "client", "client_id"]
            ),
            models.UniqueConstraint(
                name="interruption_one_open",
                fields=["session"],
                condition=models.Q(status="pending"),
            ),
            models.CheckConstraint(
                name="interruption_ended_has_a_time",
                condition=models.Q(status="pending", ended_at=None)
                | (~models.Q(status="pending") & models.Q(ended_at__isnull=False)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="interruption_orphans",
                fields=["lease_until"],
                condition=models.Q(status="pending"),
            ),
            models.Index(
                name="interruption_concerns",
                fields=["asked_at"],
                condition=~models.Q(concern="none"),
            ),
        ]

    def __str__(self) -> str:
        return self.id
