from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from ..language.prepared import PREPARED_KINDS, PreparedEntry
from .book import Book


class PreparedLine(models.Model):
    """One prepared entry of a book; what is served is approved. See ``PreparedEntry``.

    ``first_word``, ``last_word`` and ``from_word`` are book-wide word indexes.
    """

    class Status(models.TextChoices):
        DRAFT = "draft"
        APPROVED = "approved"
        DROPPED = "dropped"

    class Source(models.TextChoices):
        HAND = "hand", "by hand"
        RULES = "rules", "from the text by rule"
        MODEL = "model", "by a model"

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="prepared_lines")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in PREPARED_KINDS])
    first_word = models.PositiveIntegerField()
    last_word = models.PositiveIntegerField()
    from_word = models.PositiveIntegerField(help_text="Not told before this word is read.")
    subject = models.CharField(max_length=200, blank=True)
    questions: models.JSONField[list[str], Any] = models.JSONField(default=list, blank=True)
    text = models.TextField()
    source = models.CharField(max_length=5, choices=Source.choices)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["book", "from_word", "first_word", "pk"]
        permissions = (("approve_preparedline", "Can approve what is prepared for a book"),)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="prepared_looks_back",
                condition=models.Q(
                    first_word__lte=models.F("last_word"), last_word__lte=models.F("from_word")
                ),
            ),
            models.UniqueConstraint(
                name="prepared_line_once",
                fields=["book", "kind", "first_word", "last_word", "subject"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_word}"

    @property
    def entry(self) -> PreparedEntry:
        return PreparedEntry(
            kind=self.kind,  # type: ignore[arg-type]  # one of the choices
            first=self.first_word,
            last=self.last_word,
            from_word=self.from_word,
            text=self.text,
            subject=self.subject,
            questions=tuple(self.questions),
        )
