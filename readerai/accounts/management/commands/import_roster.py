"""Bring in a school's roster, all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from ...models import School
from ...rosters.apply import apply_plan
from ...rosters.changes import write_changes
from ...rosters.plan import Plan, make_plan
from ...rosters.read import read_roster
from ...rosters.types import Roster, RosterError


class Command(BaseCommand):
    help = (
        "Import a roster: a folder or ZIP file of OneRoster 1.1 or 1.2 CSV files, or one "
        "spreadsheet (XLSX or CSV). "
        "All or nothing; whoever is missing is deactivated, never deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH", type=Path, help="the folder or file")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument(
            "--changes",
            metavar="FILE",
            type=Path,
            help="write every single change into this CSV file, which will name children",
        )
        parser.add_argument(
            "--many-leave",
            action="store_true",
            help="deactivate people even where more would leave than stay",
        )
        parser.add_argument(
            "--school",
            default="",
            help="name or short name of the school, for a spreadsheet without a school column",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run: bool = options["dry_run"]
        try:
            roster = read_roster(options["path"], school=_school_name(options["school"]))
            with transaction.atomic():
                plan = make_plan(roster)
                if options["changes"] is not None:
                    write_changes(options["changes"], roster, plan)
                if not dry_run:
                    _refuse_half_a_file(plan, many_leave=options["many_leave"])
                    apply_plan(roster, plan)
        except RosterError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            count = len(error.problems)
            raise CommandError(
                f"nothing was changed: {count} thing{'s' if count > 1 else ''} to put right"
            ) from None
        except OSError as error:
            raise CommandError(
                f"nothing was changed: the list of changes cannot be written ({error.strerror})"
            ) from None
        except IntegrityError:
            raise CommandError(
                "nothing was changed: somebody changed people at the same time; run it again"
            ) from None
        self._tell(roster, plan, dry_run=dry_run)

    def _tell(self, roster: Roster, plan: Plan, *, dry_run: bool) -> None:
        """Counts only: what a command prints ends up in logs, where no child's name belongs."""
        self.stdout.write(
            f"read: {len(roster.schools)} schools, {len(roster.people)} people, "
            f"{len(roster.classes)} classes, {len(roster.memberships)} places in them"
        )
        if plan.changes_nothing:
            self.stdout.write("nothing to change")
            return
        self.stdout.write("would change:" if dry_run else "changed:")
        for what, count in plan.counts.items():
            if count:
                self.stdout.write(f"{count:7}  {what}")
        if dry_run and plan.too_many_leave:
            self.stdout.write("more would leave than stay: that takes --many-leave")


def _refuse_half_a_file(plan: Plan, *, many_leave: bool) -> None:
    if plan.too_many_leave and not many_leave:
        raise CommandError(
            f"nothing was changed: {len(plan.leaving_people)} people are not in it and would be "
            f"deactivated, {len(plan.people)} would stay; if that is right, run it with "
            "--many-leave"
        )


def _school_name(given: str) -> str:
    """The full name of the school that was given, or of the only one there is."""
    if given:
        school = School.objects.filter(slug=given).first()
        return school.name if school else given
    names = list(School.objects.values_list("name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""
