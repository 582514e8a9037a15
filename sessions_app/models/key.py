from typing import ClassVar

from django.db import models

from .session import Session


class SessionKey(models.Model):
    """A session's data key, wrapped by the master key ``master_key_id``.

    ``wrapped`` empty means erased: nothing sealed in the session opens ever again.
    """

    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, primary_key=True, related_name="key"
    )
    master_key_id = models.CharField(max_length=40, db_index=True)
    wrapped = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="session_key_wrapped_or_erased",
                condition=models.Q(wrapped=None, erased_at__isnull=False)
                | models.Q(wrapped__isnull=False, erased_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.session_id
