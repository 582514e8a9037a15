"""``export_anchors``: write down where every log stands."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...records.chain_anchors import write_anchors


class Command(BaseCommand):
    help = (
        "Write the anchors of all logs as JSON lines, to keep where nobody can rewrite them; "
        "`verify_audit --anchors FILE` compares the logs with them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, metavar="FILE", help="a new file; else here")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path | None = options["out"]
        if file is None:
            write_anchors(sys.stdout)
            return
        try:
            with file.open("x", encoding="utf-8") as into:
                file.chmod(0o600)
                count = write_anchors(into)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self.stdout.write(f"{count} anchors are in {file}.")
