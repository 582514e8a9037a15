from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from .book import Chapter


class Narration(models.Model):
    """A chapter read aloud: the audio file and when each of its words begins.

    ``word_starts_ms`` has one entry per word of the chapter, never decreasing.
    """

    class TimingSource(models.TextChoices):
        ENGINE = "engine", "from the speech engine itself"
        ALIGNED = "aligned", "aligned to the sound"
        OVERLAY = "overlay", "from the book's media overlay"

    chapter = models.OneToOneField(Chapter, on_delete=models.CASCADE, related_name="narration")
    voice = models.CharField(max_length=60)
    audio = models.FileField(upload_to="narration/", max_length=255)
    duration_ms = models.PositiveIntegerField()
    word_starts_ms: models.JSONField[list[int], Any] = models.JSONField()
    timing_source = models.CharField(max_length=10, choices=TimingSource.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["chapter"]

    def __str__(self) -> str:
        return f"{self.voice}: chapter {self.chapter_id}"
