from typing import ClassVar

from django.db import models

from .sign_in import SignIn


class Ticket(models.Model):
    """Opens one socket once, within a minute. Kept as its SHA-256; ``opens`` names the one path."""

    secret_hash = models.CharField(max_length=64, primary_key=True)
    sign_in = models.ForeignKey(SignIn, on_delete=models.CASCADE, related_name="tickets")
    opens = models.CharField(max_length=120)
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="ticket_expiry", fields=["expires_at"])
        ]

    def __str__(self) -> str:
        return self.opens
