from typing import ClassVar

from django.db import models


class Throttle(models.Model):
    """How often something was tried and failed, and how often that locked it. ``key`` is a keyed
    hash, never a name."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    locks = models.PositiveSmallIntegerField(default=0)
    window_started_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="throttle_age", fields=["window_started_at"])
        ]

    def __str__(self) -> str:
        return self.key[:8]
