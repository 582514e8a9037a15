from typing import ClassVar

from django.db import models

from .session import Session


class Stretch(models.Model):
    """A minute or so of reading without a break: what the timeline and reports are made of.

    ``sealed`` holds a ``domain.state.StretchFacts`` (seconds, words, from, to).
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="stretches")
    number = models.PositiveIntegerField()
    ended_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        ordering: ClassVar[list[str]] = ["session", "number"]
        verbose_name_plural = "stretches"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="stretch_number_once", fields=["session", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.number}"
