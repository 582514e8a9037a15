"""``load_demo``: the demo school, its people, and books to read."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.demo import people
from library.demo.loading import load_story, story_folders
from library.models import Book
from library.narration.chapters import narrate_chapters, unspoken
from library.narration.fixed import make_book_speech, make_phrases
from library.narration.spoken import SpeechProblem, Voice
from library.narration.voices.registry import find_voice


class Command(BaseCommand):
    # Looking at every address and model first would take longer than the rest of a second run.
    requires_system_checks = []
    help = "Load the demo: schools, classes, people, books and narration. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--students", type=int, metavar="N", default=0, help="for load tests")
        parser.add_argument("--force", action="store_true", help="even with DEBUG=0")
        sound = parser.add_mutually_exclusive_group()
        sound.add_argument("--no-narration", action="store_true", help="people and books only")
        sound.add_argument(
            "--only-narration", action="store_true", help="for books that are there already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "The demo's people all have the same, public password: load_demo runs only "
                "with DEBUG=1, or with --force."
            )
        if not 0 <= options["students"] <= 99_999:
            raise CommandError("--students takes a number from 0 to 99999.")
        if options["only_narration"]:
            self._narrate_until_told()
            return
        made = people.make_people()
        if options["students"]:
            made += people.make_load_students(options["students"])
        books = [load_story(folder) for folder in story_folders()]
        changed = sum(new for _, new in books)
        narrated = 0 if options["no_narration"] else self._narrate([book.pk for book, _ in books])
        if made or changed or narrated:
            self.stdout.write(
                f"Loaded the demo: {made} people, {changed} books, {narrated} chapters read aloud."
            )
        self._say_who()

    def _narrate_until_told(self) -> None:
        """SIGTERM ends it quietly; what is made by then is kept. Who reads meanwhile goes first."""
        os.nice(5)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        slugs = [folder.name for folder in story_folders()]
        books = Book.objects.filter(slug__in=slugs).values_list("pk", flat=True)
        narrated = self._narrate(list(books))
        if narrated:
            self.stdout.write(f"All is read aloud: {narrated} chapters.")

    def _narrate(self, books: list[int]) -> int:
        try:
            voice = find_voice()
            made = self._narrate_chapters(books, voice)
            make_phrases(voice)
            for book in Book.objects.filter(pk__in=books):
                make_book_speech(book, voice)
        except SpeechProblem as problem:
            # A demo without sound is still a demo: the page offers the device's own voice.
            self.stderr.write(f"The books stay without narration: {problem}.")
            return 0
        return made

    def _narrate_chapters(self, books: list[int], voice: Voice) -> int:
        chapters = list(unspoken().filter(book__in=books).select_related("book"))
        if not chapters:
            return 0
        self.stdout.write(
            "Reading the demo's books aloud, once; a quiet machine takes about half a minute."
        )
        self.stdout.flush()
        narrate_chapters(chapters, voice)
        return len(chapters)

    def _say_who(self) -> None:
        self.stdout.write(
            f"Who can sign in, all with the password {people.PASSWORD}:\n"
            "  students   alice-123, bob-456, carol-789 and 27 more of Room 12\n"
            f"             (class code ROOM12, pictures {', '.join(people.PICTURES)})\n"
            "  teachers   ms-rivera (Room 12), mr-okafor (Room 14)\n"
            "  elsewhere  student dora-321, teacher mrs-lund\n"
            "  staff      admin"
        )
