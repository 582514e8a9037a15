from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from readerai.accounts.models import School, User

from ..language.codes import direction

EASIEST_FIRST = models.F("level").asc(nulls_last=True)

Paragraphs = list[list[list[str]]]


class BookQuerySet(models.QuerySet["Book"]):
    def visible_to(self, user: User) -> Self:
        """The published books of the common shelf and of one's own school; staff see all."""
        readable = self.readable_by(user)
        if user.is_staff_role:
            return readable
        return readable.filter(status=Book.Status.PUBLISHED)

    def readable_by(self, user: User) -> Self:
        """Those, and the withdrawn ones: who has begun one reads on."""
        if not user.is_active:
            return self.none()
        if user.is_staff_role:
            return self.all()
        own = self.filter(models.Q(school=None) | models.Q(school=user.school_id))
        return own.exclude(status=Book.Status.DRAFT)


class Book(models.Model):
    """A book. ``slug`` is the public id (``bookId``); words are counted over the whole book.

    ``level`` is a school grade (0 for kindergarten), given or estimated at import; None where
    nobody gave it and the estimate does not hold. ``import_report`` is what its import had to say:
    ``warnings``, a line each, and ``leftOut``, rows of ``what count words places``.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "draft: not shown to children yet"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn: nobody begins it any more"

    slug = models.SlugField(unique=True, max_length=80)
    title = models.CharField(max_length=300)
    author = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20, default="en")
    level = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The school grade, 0 for kindergarten; empty if unknown."
    )
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.PUBLISHED, editable=False
    )
    word_count = models.PositiveIntegerField()
    subjects: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    summary = models.TextField(blank=True)
    school = models.ForeignKey(
        School,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="books",
        help_text="Empty for a book that every school may read.",
    )
    cover_picture = models.FileField(
        upload_to="covers/",
        max_length=255,
        blank=True,
        editable=False,
        help_text="The cover that its file brought; one is drawn without.",
    )
    import_report: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True, editable=False
    )
    content_hash = models.CharField(max_length=64, unique=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = BookQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[Any]] = [EASIEST_FIRST, "title", "slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="book_has_words", condition=models.Q(word_count__gt=0)),
            models.CheckConstraint(name="book_level_is_a_grade", condition=models.Q(level__lte=16)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``: how its language is written."""
        return direction(self.language)


class Chapter(models.Model):
    """One chapter. ``paragraphs`` is text as paragraphs of sentences of words.

    Words are written as they are printed, punctuation attached; a word's index in the
    book is ``first_word_index`` plus its place in the flattened chapter. ``table_rows`` says which
    paragraphs are rows of tables, ``formulas`` which words say a formula (``ImportedRow`` and
    ``ImportedFormula`` have their keys).
    """

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="chapters")
    index = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    first_word_index = models.PositiveIntegerField()
    word_count = models.PositiveIntegerField()
    paragraphs: models.JSONField[Paragraphs, Any] = models.JSONField()
    table_rows: models.JSONField[list[dict[str, Any]], Any] = models.JSONField(
        default=list, blank=True, editable=False
    )
    formulas: models.JSONField[list[dict[str, Any]], Any] = models.JSONField(
        default=list, blank=True, editable=False
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["book", "index"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="chapter_index_once", fields=["book", "index"]),
            models.CheckConstraint(name="chapter_has_words", condition=models.Q(word_count__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title
