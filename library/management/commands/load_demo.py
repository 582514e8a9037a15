"""``load_demo``: the demo school, its people, and books to read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.demo import people
from library.demo.loading import load_story, story_folders
from library.models import Chapter
from library.narration.chapters import narrate_chapters
from library.narration.spoken import SpeechProblem
from library.narration.voices import find_voice


class Command(BaseCommand):
    # Looking at every address and model first would take longer than the rest of a second run.
    requires_system_checks = []
    help = "Load the demo: schools, classes, people, books and narration. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--students", type=int, metavar="N", default=0, help="for load tests")
        parser.add_argument("--force", action="store_true", help="even with DEBUG=0")
        parser.add_argument("--no-narration", action="store_true", help="people and books only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "The demo's people all have the same, public password: load_demo runs only "
                "with DEBUG=1, or with --force."
            )
        if not 0 <= options["students"] <= 99_999:
            raise CommandError("--students takes a number from 0 to 99999.")
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

    def _narrate(self, books: list[int]) -> int:
        silent = Chapter.objects.filter(book__in=books, narration=None).select_related("book")
        chapters = list(silent)
        if not chapters:
            return 0
        self.stdout.write("Reading the demo's books aloud, once; this takes about half a minute.")
        self.stdout.flush()
        try:
            narrate_chapters(chapters, find_voice())
        except SpeechProblem as problem:
            # A demo without sound is still a demo: the page offers the device's own voice.
            self.stderr.write(f"The books stay without narration: {problem}.")
            return 0
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
