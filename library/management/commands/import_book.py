"""``import_book PATH…``: books from .epub and .txt files, a line for each."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.importing.files import read_book
from library.importing.imported import ImportProblem
from library.importing.storing import store_book
from library.models import Narration


def grade(text: str) -> int:
    if not text.isdigit() or int(text) > 12:
        raise ArgumentTypeError("a level is a school grade from 0 (kindergarten) to 12")
    return int(text)


@dataclass
class Outcome:
    """One line of what the command says; the names are those of ``--json``."""

    path: str
    bookId: str | None = None  # noqa: N815 (as it is printed)
    title: str | None = None
    chapters: int = 0
    words: int = 0
    narration: bool = False
    warnings: list[str] = field(default_factory=list)
    error: str | None = None

    def line(self, *, created: bool) -> str:
        if self.error is not None:
            return f"{self.path}: not imported: {self.error}"
        parts = f"{self.chapters} chapter{'s'[: self.chapters != 1]}, {self.words:,} words"
        if self.narration:
            parts += ", with its own narration"
        notes = "".join(f"; note: {warning}" for warning in self.warnings)
        known = "" if created else " (was here already)"
        return f"{self.path}: {self.title} [{self.bookId}], {parts}{known}{notes}"


class Command(BaseCommand):
    help = "Import books from .epub and .txt files. Importing a book again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", metavar="PATH", nargs="+", type=Path)
        parser.add_argument("--level", type=grade, help="school grade; estimated without")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for path in options["paths"]:
            outcome, created = import_one(Path(path), options["level"])
            failed += outcome.error is not None
            if options["json"]:
                self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
            else:
                self.stdout.write(outcome.line(created=created))
        if failed:
            raise CommandError(f"{failed} of {len(options['paths'])} not imported")


def import_one(path: Path, level: int | None) -> tuple[Outcome, bool]:
    """Import one file; whatever is wrong with it is a line in the outcome."""
    outcome = Outcome(path=str(path).encode(errors="replace").decode())
    try:
        with read_book(path) as imported:
            outcome.warnings = imported.warnings
            stored = store_book(imported, level=level)
    except ImportProblem as problem:
        outcome.error = " ".join(str(problem).split())
        return outcome, False
    except (OSError, ValueError, LookupError, MemoryError, RecursionError) as error:
        # A file can be broken in ways that nobody has thought of; its import says one line too.
        outcome.error = f"it could not be read ({type(error).__name__})"
        return outcome, False
    book = stored.book
    outcome.bookId, outcome.title, outcome.words = book.slug, book.title, book.word_count
    outcome.chapters = book.chapters.count()
    outcome.narration = Narration.objects.filter(chapter__book=book).exists()
    return outcome, stored.created
