from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from .user import User


class KnownBrowser(models.Model):
    """Somebody signed in at a browser. ``browser`` is a keyed hash of the number in its cookie."""

    browser = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_browsers")
    first_used_at = models.DateTimeField(db_default=Now())
    last_used_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="known_browser_once", fields=["browser", "user"])
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="known_browser_age", fields=["last_used_at"])
        ]

    def __str__(self) -> str:
        return f"browser {self.pk}"
