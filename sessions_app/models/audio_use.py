from django.db import models

from .session import Session


class AudioUse(models.Model):
    """How much CPU time a session's read-aloud answers took in the running hour."""

    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, primary_key=True, related_name="audio_use"
    )
    hour_started_at = models.DateTimeField()
    cpu_seconds = models.FloatField(default=0)

    def __str__(self) -> str:
        return self.session_id
