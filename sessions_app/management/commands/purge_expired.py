"""``purge_expired``: keep to every school's retention schedule; run it daily."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...records.retention import due, purge
from ...records.shredding import scrub


class Command(BaseCommand):
    help = "Give up what was kept for as long as each school decided. Run it daily."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            would = due()
            self.stdout.write(
                f"{would.sessions} sessions would be erased, {would.accesses} accesses forgotten, "
                f"{would.login_methods} old login methods removed. Nothing was changed."
            )
            return
        purged = purge()
        if purged.sessions:
            scrub()
        self.stdout.write(
            f"{purged.sessions} sessions erased, {purged.accesses} accesses forgotten, "
            f"{purged.login_methods} old login methods removed."
        )
