from __future__ import annotations

from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models

from .book import Book

WRITING_GRADE: Final = 3


class Checkpoint(models.Model):
    """A question that waits at a place in a book. ``slug`` is its ``checkpointId`` there.

    It comes due when the child reaches ``at_word`` (a book-wide word index). With
    ``choices``, ``answer`` is one of them; without, ``accept`` lists ideas, each a list
    of words or phrases any of which counts; without either, any thoughtful answer does.
    """

    class Kind(models.TextChoices):
        VOCABULARY = "vocabulary"
        COMPREHENSION = "comprehension"
        PREDICTION = "prediction"

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="checkpoints")
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    at_word = models.PositiveIntegerField()
    required = models.BooleanField(default=True)
    question = models.TextField()
    choices: models.JSONField[list[str], Any] = models.JSONField(default=list, blank=True)
    answer = models.TextField(blank=True)
    accept: models.JSONField[list[list[str]], Any] = models.JSONField(default=list, blank=True)
    explanation = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["book", "at_word", "slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="checkpoint_slug_once", fields=["book", "slug"])
        ]

    def __str__(self) -> str:
        return self.slug

    def is_required_at(self, grade: int | None) -> bool:
        """Whether a book of this grade holds the child here: below the third, nothing has to be
        written."""
        return self.required and (bool(self.choices) or grade is None or grade >= WRITING_GRADE)

    def clean(self) -> None:
        """Raises ``ValidationError`` for a place outside the book, or what nobody can answer."""
        problems: dict[str, str] = {}
        book: Book | None = getattr(self, "book", None)  # none where a form has none
        at_word: int | None = self.at_word
        if book is not None and at_word is not None:
            last = book.word_count - 1
            if at_word > last:
                problems["at_word"] = f"The book’s last word is number {last}."
        if self.choices:
            if len(set(self.choices)) < max(2, len(self.choices)):
                problems["choices"] = "There are two choices at least, each of them once."
            if self.answer not in self.choices:
                problems["answer"] = "The answer is one of the choices, letter by letter."
            if self.accept:
                problems["accept"] = "Ideas are for questions without choices."
        elif self.kind != self.Kind.PREDICTION and not self.accept:
            problems["accept"] = "Say what to listen for, or give choices and an answer."
        if problems:
            raise ValidationError(problems)
