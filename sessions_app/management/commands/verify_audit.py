"""``verify_audit``: walk the logs, and say where one is not what was written."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from ...domain.auditing import Finding, Walked, check_heads, check_looks, check_sessions
from ...domain.heads import HeadsUnreadable, heads_files, read_heads
from ...models import Session

MOST_FINDINGS: Final = 100


class Command(BaseCommand):
    help = (
        "Verify the sessions' logs and the schools' logs of looks; exit status 1 and the first "
        "bad entry of each log that was tampered with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--session", metavar="ID", help="only this session's log")
        parser.add_argument(
            "--heads",
            metavar="FILE",
            type=Path,
            action="append",
            default=[],
            help="compare with heads that were exported (a file, or a folder of them)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        session_id: str | None = options["session"]
        known = session_id is None or Session.objects.filter(pk=session_id).exists()
        if not known and not options["heads"]:
            raise CommandError(f"There is no session {session_id}.")
        walked = Walked()
        findings = list(islice(self._findings(walked, session_id, options["heads"]), MOST_FINDINGS))
        self.stdout.write(
            f"{walked.sessions} sessions ({walked.erased} erased), {walked.entries} entries, "
            f"{walked.looks} looks."
        )
        if findings:
            raise CommandError("\n".join(map(str, findings)))
        self.stdout.write("Every log is as it was written.")

    def _findings(
        self, walked: Walked, session_id: str | None, heads: list[Path]
    ) -> Iterator[Finding]:
        yield from check_sessions(walked, session_id)
        if session_id is None:
            yield from check_looks(walked)
        for file in (file for path in heads for file in heads_files(path)):
            try:
                read = read_heads(file)
            except HeadsUnreadable as error:
                yield Finding(str(file), None, str(error))
                continue
            yield from check_heads(read, session_id)
