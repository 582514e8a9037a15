"""``purge_expired``: keep to every school's retention schedule; run it daily."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...domain.retention import purge
from ...domain.shredding import scrub


class Command(BaseCommand):
    help = "Give up what was kept for as long as each school decided. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        purged = purge()
        if purged.sessions:
            scrub()
        self.stdout.write(
            f"{purged.sessions} sessions erased, {purged.looks} looks forgotten, "
            f"{purged.ways_in} old ways in removed."
        )
