"""``erase_student STUDENT``: destroy a child's keys, and remove everything held on them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...records.erasure import erase_student
from .export_student import student_of


class Command(BaseCommand):
    help = "Erase a child: keys, reading, account. It cannot be undone; what was stopped goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("student", help="the studentId")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        student = student_of(options["student"])
        if not options["yes"]:
            self._confirm(student.slug)
        erased = erase_student(student)
        self.stdout.write(
            f"{options['student']} is erased: {erased.sessions} sessions, {erased.rows} rows."
        )
        if not erased.logged:
            self.stdout.write("It is not logged: the child was in no school.")
        if not erased.scrubbed:
            self.stdout.write("The database was busy: let it vacuum its files when it is not.")
        self.stdout.write("Backups keep what they hold until they are thrown away.")

    def _confirm(self, slug: str) -> None:
        self.stdout.write(
            f"Everything that is held on {slug} will be gone for good, and nobody can bring it "
            "back. You may want export_student first."
        )
        try:
            typed = input(f"Type {slug} to go on: ")
        except EOFError:
            typed = ""
        if typed.strip() != slug:
            raise CommandError("Nothing was erased.")
