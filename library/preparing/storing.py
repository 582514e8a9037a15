"""Prepared entries into the database. Whoever calls these changes books; views do not write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..language.prepared import PreparedEntry
from ..models import Book, PreparedLine


def _fields(entry: PreparedEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "first_word": entry.first,
        "last_word": entry.last,
        "from_word": entry.from_word,
        "subject": entry.subject,
        "questions": list(entry.questions),
        "text": entry.text,
    }


def store_own(book: Book, entries: Iterable[PreparedEntry]) -> bool:
    """Make what was written by hand for a story exactly ``entries``, approved; says whether it
    was not. What somebody dropped or edited in the meantime is as in the file again."""
    rows = PreparedLine.objects.filter(book=book)
    wanted = list(entries)
    own = rows.filter(source=PreparedLine.Source.HAND, status=PreparedLine.Status.APPROVED)
    if rows.count() == len(wanted) and {row.entry for row in own} == set(wanted):
        return False
    rows.delete()
    PreparedLine.objects.bulk_create(
        PreparedLine(
            book=book,
            source=PreparedLine.Source.HAND,
            status=PreparedLine.Status.APPROVED,
            **_fields(entry),
        )
        for entry in wanted
    )
    return True


def store_drafts(book: Book, entries: Iterable[PreparedEntry], source: str) -> int:
    """Add drafts that are not there yet, whatever became of the earlier ones; says how many."""
    before = PreparedLine.objects.filter(book=book).count()
    PreparedLine.objects.bulk_create(
        (PreparedLine(book=book, source=source, **_fields(entry)) for entry in entries),
        ignore_conflicts=True,
    )
    return PreparedLine.objects.filter(book=book).count() - before
