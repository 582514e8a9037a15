from typing import ClassVar

from django.db import models

from library.models import Checkpoint

from .session import Session


class CheckpointAttempt(models.Model):
    """One answer to a checkpoint. ``sealed`` holds a ``domain.checkpoints.Attempt``."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attempts")
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(help_text="1 for the first try at this checkpoint.")
    client = models.CharField(max_length=36, blank=True)
    client_id = models.PositiveBigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    sealed = models.BinaryField()

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

    def __str__(self) -> str:
        return f"{self.session_id} {self.checkpoint_id} {self.number}"
