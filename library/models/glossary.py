from __future__ import annotations

from typing import ClassVar

from django.db import models

from .book import Book


class GlossaryEntry(models.Model):
    """What a word, or who a person, is in this book, in words for its readers."""

    class Kind(models.TextChoices):
        WORD = "word"
        PERSON = "person"

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="glossary")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WORD)
    headword = models.CharField(max_length=100)
    meaning = models.TextField()
    first_word_index = models.PositiveIntegerField(
        default=0, help_text="Where the book first names it; not told before."
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["headword"]
        verbose_name_plural = "glossary entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="headword_once", fields=["book", "kind", "headword"])
        ]

    def __str__(self) -> str:
        return self.headword
