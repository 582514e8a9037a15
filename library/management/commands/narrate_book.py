"""``narrate_book BOOK``: a chapter at a time, so that it may be stopped and run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.models import Book, Chapter
from library.narration.chapters import narrate_chapters
from library.narration.fixed import make_book_speech
from library.narration.spoken import SpeechProblem, Voice
from library.narration.voices.registry import find_voice

_WIDTH = 30


class Command(BaseCommand):
    help = "Make narration audio and word timings for a book. Chapters that have one are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("book", metavar="BOOK", help="the book's id")
        parser.add_argument("--voice", default="", help="such as espeak:en-gb-x-rp or flite:slt")
        parser.add_argument("--force", action="store_true", help="make existing narration anew")

    def handle(self, *args: Any, **options: Any) -> None:
        book = Book.objects.filter(slug=options["book"]).first()
        if book is None:
            raise CommandError(f"There is no book {options['book']!r}.")
        try:
            voice = find_voice(options["voice"], language=book.language)
        except SpeechProblem as problem:
            raise CommandError(f"{str(problem).capitalize()}.") from None
        chapters = Chapter.objects.filter(book=book).select_related("book")
        if not options["force"]:
            chapters = chapters.filter(narration=None)
        waiting = list(chapters)
        try:
            self._narrate(book, waiting, voice)
            make_book_speech(book, voice)
        except SpeechProblem as problem:
            raise CommandError(f"Stopped: {problem}. What was made is kept.") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. What was made is kept; run it again to go on.") from None

    def _narrate(self, book: Book, waiting: list[Chapter], voice: Voice) -> None:
        if not waiting:
            self.stdout.write(f"{book.title} has its narration.")
            return
        bar = _Bar(self, sum(chapter.word_count for chapter in waiting))
        narrate_chapters(waiting, voice, done=bar.advance)
        self.stdout.write(f"{book.title}: {len(waiting)} chapters read aloud by {voice.label}.")


class _Bar:
    """A progress bar on standard error: in place on a terminal, else a line per chapter."""

    def __init__(self, command: BaseCommand, words: int) -> None:
        self._command = command
        self._words = words
        self._done = 0

    def advance(self, chapter: Chapter) -> None:
        self._done += chapter.word_count
        share = self._done / self._words
        filled = "#" * int(share * _WIDTH)
        line = f"[{filled:<{_WIDTH}}] {share:4.0%} {chapter.title[:40]}"
        terminal = self._command.stderr.isatty()
        start, ending = ("\r\x1b[K", "") if terminal else ("", "\n")
        if terminal and self._done >= self._words:
            ending = "\n"
        self._command.stderr.write(start + line, self._plain, ending)

    @staticmethod
    def _plain(text: str) -> str:
        return text
