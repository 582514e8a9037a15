"""Importing one file, and what came of it: for the command and for the admin alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from readerai.accounts.models import School

from ..models import Book, Narration
from .imported import ImportProblem
from .left_out import LeftOut, in_a_line
from .reading import book_in
from .storing import store_book


@dataclass
class Outcome:
    """What came of one file; the names are those of ``import_book --json``."""

    path: str
    bookId: str | None = None  # noqa: N815 (as it is printed)
    title: str | None = None
    chapters: int = 0
    words: int = 0
    narration: bool = False
    warnings: list[str] = field(default_factory=list)
    leftOut: list[LeftOut] = field(default_factory=list)  # noqa: N815
    error: str | None = None

    def line(self, *, created: bool) -> str:
        if self.error is not None:
            return f"{self.path}: not imported: {self.error}"
        parts = f"{self.chapters} chapter{'s'[: self.chapters != 1]}, {self.words:,} words"
        if self.narration:
            parts += ", with its own narration"
        if self.leftOut:
            parts += f"; left out: {in_a_line(self.leftOut)}"
        notes = "".join(f"; note: {warning}" for warning in self.warnings)
        known = "" if created else " (was here already)"
        return f"{self.path}: {self.title} [{self.bookId}], {parts}{known}{notes}"


def import_one(
    path: Path,
    level: int | None,
    language: str = "",
    *,
    school: School | None = None,
    status: Book.Status = Book.Status.PUBLISHED,
) -> tuple[Outcome, bool]:
    """Import one file; whatever is wrong with it is a line in the outcome.

    ``language`` is what it is in, whatever it says itself; ``school`` alone reads it, if given.
    """
    outcome = Outcome(path=str(path).encode(errors="replace").decode())
    try:
        with book_in(path, language) as imported:
            outcome.warnings, outcome.leftOut = imported.warnings, imported.left_out
            stored = store_book(imported, level=level, school=school, status=status)
    except ImportProblem as problem:
        outcome.error = " ".join(str(problem).split())
        return outcome, False
    book = stored.book
    outcome.bookId, outcome.title, outcome.words = book.slug, book.title, book.word_count
    outcome.chapters = book.chapters.count()
    outcome.narration = Narration.objects.filter(chapter__book=book).exists()
    return outcome, stored.created
