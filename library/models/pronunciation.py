from __future__ import annotations

from typing import ClassVar

from django.db import models

from .book import Book


class Pronunciation(models.Model):
    """How the voice is to say a word of this book."""

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="pronunciations")
    word = models.CharField(max_length=80, help_text="One word, as the book prints it.")
    spoken_as = models.CharField(
        max_length=120,
        help_text="In letters that sound like it, such as “her my oh nee” for Hermione. Narration "
        "that is there already keeps its sound until it is made anew.",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["word"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="pronunciation_once", fields=["book", "word"])
        ]

    def __str__(self) -> str:
        return self.word
