from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from .student import Student


class Badge(models.Model):
    """A printed QR code that signs one child in. Only its SHA-256 is kept; it can be revoked."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="badges")
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]

    def __str__(self) -> str:
        return f"badge {self.pk}"
