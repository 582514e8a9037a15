"""``export_student STUDENT --out FILE.zip``: everything held on a child."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from readerai.accounts.models import Student

from ...records.export import export_student


def student_of(slug: str) -> Student:
    """The student whose ``studentId`` this is; raises ``CommandError`` where there is none."""
    found = Student.objects.select_related("user__school").filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no student {slug}.")
    return found


class Command(BaseCommand):
    help = "Write everything that is held on a child into a ZIP: a page to read, and JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("student", help="the studentId")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        student, file = student_of(options["student"]), options["out"]
        try:
            records = export_student(student, file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        rows = sum(map(len, records.values()))
        self.stdout.write(f"{rows} rows of {len(records)} tables are in {file}.")
