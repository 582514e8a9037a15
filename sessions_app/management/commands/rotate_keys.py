"""``rotate_keys``: wrap every session key anew under the newest master key."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...records.key_rotation import BATCH, Rotated, older_keys_in_use, rotate
from ...vault import key_ring


class Command(BaseCommand):
    help = (
        "Wrap every session key anew under the newest master key, while the site is serving. "
        "It may be stopped at any time and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="keys in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch must be at least 1.")
        newest, done = key_ring().newest_id, Rotated()
        for done in rotate(batch=options["batch"]):
            if options["verbosity"] > 1:
                self.stdout.write(f"{done.wrapped} so far")
        self.stdout.write(f"{done.wrapped} keys are now wrapped by {newest}.")
        for key_id, entries in older_keys_in_use().items():
            self.stdout.write(
                f"Keep {key_id}: {entries} entries of the access log are verified with it."
            )
        if done.failed:
            raise CommandError(
                f"{done.failed} keys did not open: their master key is not configured, or they "
                "were tampered with. They were left as they are."
            )
