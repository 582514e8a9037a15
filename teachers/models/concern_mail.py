from __future__ import annotations

from typing import ClassVar

from django.db import models

from readerai.accounts.models import User

from .safeguarding_concern import SafeguardingConcern


class ConcernMail(models.Model):
    """One person is to be told of a concern by mail, or was.

    The row is there before the mail goes and is marked after it went: a crash between the two
    sends it once more, and loses nothing. ``telling`` counts: 0 is the first mail, what follows
    are reminders. ``failure`` is the kind of the last error, without what a server said.
    """

    concern = models.ForeignKey(SafeguardingConcern, on_delete=models.CASCADE, related_name="mails")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="concern_mails")
    telling = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "mail about a concern"
        verbose_name_plural = "mails about concerns"
        ordering: ClassVar[list[str]] = ["-due_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="concern_mail_once", fields=["concern", "user", "telling"]
            ),
            models.UniqueConstraint(
                name="concern_mail_one_waits",
                fields=["concern", "user"],
                condition=models.Q(sent_at=None),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="concern_mail_waits",
                fields=["try_at"],
                condition=models.Q(sent_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.concern_id} {self.telling}"
