from typing import ClassVar

from django.db import models

from .session import Session


class ReadingSpan(models.Model):
    """A minute or so of reading without a break: what the timeline and reports are made of.

    ``sealed`` holds a ``domain.state.SpanFacts`` (seconds, words, from, to).
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="reading_spans")
    number = models.PositiveIntegerField()
    ended_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        ordering: ClassVar[list[str]] = ["session", "number"]
        verbose_name_plural = "reading_spans"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="reading_span_number_once", fields=["session", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.number}"
