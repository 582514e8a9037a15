"""``import_book PATH…``: books from .epub and .txt files, a line for each."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.importing.outcome import import_one


def grade(text: str) -> int:
    if not text.isdigit() or int(text) > 12:
        raise ArgumentTypeError("a level is a school grade from 0 (kindergarten) to 12")
    return int(text)


class Command(BaseCommand):
    help = "Import books from .epub and .txt files. Importing a book again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", metavar="PATH", nargs="+", type=Path)
        parser.add_argument("--level", type=grade, help="school grade; estimated without")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for path in options["paths"]:
            outcome, created = import_one(Path(path), options["level"])
            failed += outcome.error is not None
            if options["json"]:
                self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
            else:
                self.stdout.write(outcome.line(created=created))
        if failed:
            raise CommandError(f"{failed} of {len(options['paths'])} not imported")
