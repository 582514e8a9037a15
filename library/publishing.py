"""Which books are on the shelves: published, and withdrawn again."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import Book


def publish(books: QuerySet[Book]) -> int:
    """Put books on the shelves of those whom they are for; how many were not there yet."""
    pks = list(books.exclude(status=Book.Status.PUBLISHED).values_list("pk", flat=True))
    return Book.objects.filter(pk__in=pks).update(status=Book.Status.PUBLISHED)


def withdraw(books: QuerySet[Book]) -> int:
    """Take books off the shelves; who is reading one reads on. How many were there."""
    pks = list(books.filter(status=Book.Status.PUBLISHED).values_list("pk", flat=True))
    return Book.objects.filter(pk__in=pks).update(status=Book.Status.WITHDRAWN)
