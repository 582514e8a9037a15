from __future__ import annotations

from typing import ClassVar

from django.db import models

from readerai.accounts.models import User
from sessions_app.models import CheckpointAttempt, Interruption, Session


class SafeguardingConcern(models.Model):
    """What grown-ups did about something that a child wrote and that may mean trouble.

    It hangs on the question or the answer that was written, whose row says how grave it is, and
    changes nothing there. ``id`` is made from that row's, so that there is never a second record
    of it, whichever server makes it. ``sealed_note`` is sealed under the session's key.
    """

    id = models.CharField(max_length=40, primary_key=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="concerns")
    question = models.OneToOneField(
        Interruption, on_delete=models.CASCADE, null=True, related_name="safeguarding"
    )
    attempt = models.OneToOneField(
        CheckpointAttempt, on_delete=models.CASCADE, null=True, related_name="safeguarding"
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    dealt_with_at = models.DateTimeField(null=True, blank=True)
    dealt_with_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    sealed_note = models.BinaryField(null=True)

    class Meta:
        verbose_name = "concern"
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="concern_about_one_thing",
                condition=models.Q(question=None, attempt__isnull=False)
                | models.Q(question__isnull=False, attempt=None),
            ),
            models.CheckConstraint(
                name="concern_dealt_with_is_seen",
                condition=models.Q(dealt_with_at=None) | models.Q(seen_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.id
