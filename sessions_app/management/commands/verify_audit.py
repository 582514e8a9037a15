"""``verify_audit``: walk the logs, and say where one is not what was written."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from ...models import Session
from ...records.chain_anchors import (
    Anchor,
    AnchorsUnreadable,
    anchor_files,
    own_folder,
    read_anchors,
)
from ...records.verification import (
    Finding,
    Walked,
    check_access_logs,
    check_anchors,
    check_sessions,
)

MOST_FINDINGS: Final = 100


class Command(BaseCommand):
    help = (
        "Verify the sessions' logs and the schools' access logs; exit status 1 and the first "
        "bad entry of each log that was tampered with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--session", metavar="ID", help="only this session's log")
        parser.add_argument(
            "--anchors",
            metavar="FILE",
            type=Path,
            action="append",
            default=[],
            help="compare with anchors that were exported (a file, or a folder of them); without "
            "it with the hourly files in READERAI_DATA/anchors",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        session_id: str | None = options["session"]
        read, unreadable = _read(options["anchors"] or [own_folder()] * own_folder().is_dir())
        known = session_id is None or Session.objects.filter(pk=session_id).exists()
        if not known and not any(head.id == session_id for head in read):
            raise CommandError(f"There is no session {session_id}.")
        walked = Walked()
        found = chain(unreadable, self._findings(walked, session_id, read))
        findings = list(islice(found, MOST_FINDINGS))
        self.stdout.write(
            f"{walked.sessions} sessions ({walked.erased} erased), {walked.entries} entries, "
            f"{walked.accesses} accesses; compared with {len(read)} anchors."
        )
        if findings:
            raise CommandError("\n".join(map(str, findings)))
        self.stdout.write("Every log is as it was written.")

    def _findings(
        self, walked: Walked, session_id: str | None, anchors: Sequence[Anchor]
    ) -> Iterator[Finding]:
        yield from check_sessions(walked, session_id)
        if session_id is None:
            yield from check_access_logs(walked)
        yield from check_anchors(anchors, session_id)


def _read(paths: list[Path]) -> tuple[list[Anchor], list[Finding]]:
    """Every head in the files at ``paths``, once, in the order of time; and what is wrong with
    files that cannot be believed."""
    anchors: dict[Anchor, None] = {}
    unreadable = []
    for file in (file for path in paths for file in anchor_files(path)):
        try:
            anchors |= dict.fromkeys(read_anchors(file).anchors)
        except AnchorsUnreadable as error:
            unreadable.append(Finding(str(file), None, str(error)))
    return list(anchors), unreadable
