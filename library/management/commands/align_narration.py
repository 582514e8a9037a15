"""``align_narration BOOK AUDIO…``: word timings for a recorded reading, a file per chapter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.models import Book, Chapter
from library.narration.recordings import align_recording
from library.narration.spoken import SpeechProblem


class Command(BaseCommand):
    help = "Give a book a recorded reading: one sound file for each chapter, in order."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("book", metavar="BOOK", help="the book's id")
        parser.add_argument("audio", metavar="AUDIO", nargs="+", type=Path)
        parser.add_argument(
            "--from-chapter", type=int, default=1, metavar="N", help="the first file's chapter"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        book = Book.objects.filter(slug=options["book"]).first()
        if book is None:
            raise CommandError(f"There is no book {options['book']!r}.")
        first = options["from_chapter"] - 1
        files: list[Path] = options["audio"]
        chapters = list(
            Chapter.objects.filter(book=book, index__gte=max(0, first))
            .select_related("book")
            .order_by("index")[: len(files)]
        )
        if first < 0 or len(chapters) < len(files):
            raise CommandError(
                f"{book.title} has {book.chapters.count()} chapters: that does not go with "
                f"{len(files)} files from chapter {options['from_chapter']} on."
            )
        failed = 0
        for chapter, path in zip(chapters, files, strict=True):
            try:
                recording = align_recording(chapter, path)
            except SpeechProblem as problem:
                failed += 1
                self.stdout.write(f"{path}: not taken: {problem}")
            else:
                self.stdout.write(f"{path}: {chapter.title}, {recording}")
        if failed:
            raise CommandError(f"{failed} of {len(files)} recordings were not taken.")
