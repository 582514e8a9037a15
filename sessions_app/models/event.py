from typing import ClassVar

from django.db import models

from .session import Session


class EventKind(models.TextChoices):
    STARTED = "started"
    RESUMED = "resumed"
    PAUSED = "paused"
    IDLE = "idle"
    CHAPTER_REACHED = "chapter_reached"
    ASKED = "asked"
    ANSWERED = "answered"
    FAILED = "failed"
    CANCELLED = "cancelled"
    FLAGGED = "flagged"
    READ_ON = "read_on"
    REPEATED = "repeated"
    CHECKPOINT = "checkpoint"
    HAND_RAISED = "hand_raised"
    HAND_LOWERED = "hand_lowered"
    COMPLETED = "completed"
    TAKEN_OVER = "taken_over"
    EXPORTED = "exported"
    ERASED = "erased"


class Event(models.Model):
    """One entry of a session's own log: appended with the change it tells of, never changed.

    ``mac`` chains it to the entry before (see ``domain.audit``).
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField()
    client = models.CharField(max_length=36, blank=True)
    client_id = models.PositiveBigIntegerField(null=True, blank=True)
    actor = models.PositiveBigIntegerField(
        null=True,
        blank=True,
        help_text="The account's number, where it was not the student.",
    )
    sealed_payload = models.BinaryField(null=True)
    row_digest = models.BinaryField(max_length=32, null=True)
    mac = models.BinaryField(max_length=32)

    class Meta:
        ordering: ClassVar[list[str]] = ["session", "seq"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="event_seq_once", fields=["session", "seq"])
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="event_client_id", fields=["session", "client", "client_id"])
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.seq} {self.kind}"
