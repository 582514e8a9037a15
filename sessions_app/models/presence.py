from typing import ClassVar

from django.db import models

from readerai.accounts.models import SignIn

from .session import Session


class Presence(models.Model):
    """The live connection that a session has right now, on the server that renews it.

    It is presence ("online") and the right to stay connected in one: a server closes
    the sockets whose presence is gone, and that of a crashed server runs out by themselves.
    """

    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, primary_key=True, related_name="presence"
    )
    server = models.CharField(max_length=40, db_index=True)
    owner = models.PositiveIntegerField()
    client = models.CharField(max_length=36, blank=True)
    sign_in = models.ForeignKey(SignIn, on_delete=models.CASCADE, related_name="presences")
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="presence_expiry", fields=["expires_at"])
        ]

    def __str__(self) -> str:
        return self.session_id
