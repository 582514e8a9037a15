from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from library.models import Checkpoint

from .concern import ConcernSeverity
from .session import Session


class AttemptQuerySet(models.QuerySet["CheckpointAttempt"]):
    def of_concern(self) -> Self:
        """Those that a grown-up should look at."""
        return self.exclude(concern=ConcernSeverity.NONE)


class CheckpointAttempt(models.Model):
    """One answer to a checkpoint. ``sealed`` holds a ``domain.checkpoints.Attempt``."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attempts")
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(help_text="1 for the first try at this checkpoint.")
    client = models.CharField(max_length=36, blank=True)
    client_id = models.PositiveBigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    concern = models.CharField(max_length=5, choices=ConcernSeverity, default=ConcernSeverity.NONE)
    sealed = models.BinaryField()

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["session", "at", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="attempt_number_once", fields=["session", "checkpoint", "number"]
            ),
            models.UniqueConstraint(
                name="attempt_client_id_once", fields=["session", "client", "client_id"]
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="attempt_concerns", fields=["at"], condition=~models.Q(concern="none")
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.checkpoint_id} {self.number}"
