from __future__ import annotations

from typing import ClassVar

from django.db import models

from .book import Chapter


class Illustration(models.Model):
    """A picture in a chapter: before a paragraph of it, counted from 0, or behind the last one.

    ``number`` is its place among the chapter's pictures; width and height are pixels.
    """

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="illustrations")
    number = models.PositiveIntegerField()
    before_paragraph = models.PositiveIntegerField()
    picture = models.FileField(upload_to="pictures/", max_length=255)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alternative = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["chapter", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="picture_number_once", fields=["chapter", "number"]),
        ]

    def __str__(self) -> str:
        return self.alternative or f"picture {self.number}"
