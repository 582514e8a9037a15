"""``import_book PATH…``: books from .epub, .txt and .md files, a line for each."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.importing.folder import books_in
from library.importing.outcome import import_one
from library.language.codes import normal_code


def grade(text: str) -> int:
    if not text.isdigit() or int(text) > 12:
        raise ArgumentTypeError("a level is a school grade from 0 (kindergarten) to 12")
    return int(text)


def language(text: str) -> str:
    code = normal_code(text)
    if not code:
        raise ArgumentTypeError("a language is a code such as en, fr or pt-BR, or its name")
    return code


class Command(BaseCommand):
    help = "Import books from .epub, .txt and .md files. Importing a book again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", metavar="PATH", nargs="+", type=Path)
        parser.add_argument(
            "--level", type=grade, help="school grade; estimated without, in English"
        )
        parser.add_argument("--language", type=language, help="what they are in, whatever they say")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        books = [
            book for path in options["paths"] for book in books_in(Path(path), options["level"])
        ]
        for path, level in books:
            outcome, created = import_one(path, level, options["language"] or "")
            failed += outcome.error is not None
            if options["json"]:
                self.stdout.write(json.dumps(msgspec.to_builtins(outcome), ensure_ascii=False))
            else:
                self.stdout.write(outcome.line(created=created))
        if failed:
            raise CommandError(f"{failed} of {len(books)} not imported")
