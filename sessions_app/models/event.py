from typing import ClassVar

from django.db import models

from .session import Session


class EventKind(models.TextChoices):
    """What happened, and how it is told to a grown-up."""

    STARTED = "started", "Began the book"
    RESUMED = "resumed", "Came back"
    PAUSED = "paused", "Stopped"
    IDLE = "idle", "Stopped by itself: nothing happened for a while"
    CHAPTER_REACHED = "chapter_reached", "Came to a new chapter"
    ASKED = "asked", "Asked a question"
    ANSWERED = "answered", "Got the answer"
    FAILED = "failed", "No answer came"
    CANCELLED = "cancelled", "Took the question back"
    FLAGGED = "flagged", "A message was flagged"
    READ_ON = "read_on", "Read on"
    REPEATED = "repeated", "Went to another place to hear it"
    CHECKPOINT = "checkpoint", "Answered a question in the book"
    HAND_RAISED = "hand_raised", "Raised a hand"
    HAND_LOWERED = "hand_lowered", "Lowered the hand"
    COMPLETED = "completed", "Closed the book"
    TAKEN_OVER = "taken_over", "Went on in another window or on another device"
    EXPORTED = "exported", "A copy was made"
    ERASED = "erased", "Erased"


class Event(models.Model):
    """One entry of a session's own log: appended with the change it tells of, never changed.

    ``mac`` chains it to the entry before (see ``domain.audit``).
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    # An `EventKind`; without its choices here, a new kind is no migration.
    kind = models.CharField(max_length=20)
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
