"""Bring in a school's roster, all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...rosters.changes import save_changes
from ...rosters.importing import ChangedMeanwhileError, RosterImport, TooManyLeaveError, plan_import
from ...rosters.types import RosterError


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
            "--same",
            metavar="NEW_ID=OLD_ID",
            action="append",
            default=[],
            help="two roster ids of one person, of those that look alike; may be given again",
        )
        parser.add_argument(
            "--school",
            default="",
            help="name or short name of the school, for a spreadsheet without a school column",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run: bool = options["dry_run"]
        many_leave: bool = options["many_leave"]
        try:
            with plan_import(options["path"], school=options["school"]) as roster_import:
                _join(roster_import, options["same"])
                if options["changes"] is not None:
                    save_changes(options["changes"], roster_import.changes)
                if not dry_run:
                    roster_import.carry_out(many_leave=many_leave)
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
        except TooManyLeaveError:
            raise CommandError(
                f"nothing was changed: {len(roster_import.plan.leaving_people)} people are not in "
                f"it and would be deactivated, {len(roster_import.plan.people)} would stay; if "
                "that is right, run it with --many-leave"
            ) from None
        except ChangedMeanwhileError:
            raise CommandError(
                "nothing was changed: somebody changed people at the same time; run it again"
            ) from None
        self._report(roster_import, dry_run=dry_run)

    def _report(self, roster_import: RosterImport, *, dry_run: bool) -> None:
        """Counts only: what a command prints ends up in logs, where no child's name belongs."""
        self.stdout.write(f"read: {roster_import.read}")
        for passed in roster_import.roster.passed_over:
            self.stdout.write(f"passed over: {passed}")
        alike = len(roster_import.plan.look_alikes)
        if alike:
            self.stdout.write(
                f"note: {alike} who are missing look like somebody new. --changes lists them; "
                "--same NEW_ID=OLD_ID says that two are one"
            )
        for note in roster_import.plan.terms.notes:
            self.stdout.write(f"note: {note}")
        if roster_import.plan.changes_nothing:
            self.stdout.write("nothing to change")
            return
        self.stdout.write("would change:" if dry_run else "changed:")
        for what, count in roster_import.counts.items():
            self.stdout.write(f"{count:7}  {what}")
        if dry_run and roster_import.plan.too_many_leave:
            self.stdout.write("more would leave than stay: that takes --many-leave")


def _join(roster_import: RosterImport, pairs: list[str]) -> None:
    people = roster_import.roster.people
    numbers = {
        f"{people[key].id}={user.source_id}": number
        for number, (user, key) in enumerate(roster_import.plan.look_alikes)
    }
    if any(pair not in numbers for pair in pairs):
        raise CommandError("nothing was changed: --same names two who do not look alike")
    roster_import.join(numbers[pair] for pair in pairs)
