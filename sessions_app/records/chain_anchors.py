"""The anchors of all logs, written out regularly: whoever rewrites a log's end, keys and all, does
not rewrite the copies of its head that lie elsewhere.

A file is JSON lines. Each log has a line ``{"log": "session", "id", "student", "length", "version",
"head"}`` or ``{"log": "access", "id", "length", "head"}`` (``head`` in hex). The last line is
``{"log": "end", "at", "key", "mac"}``: HMAC-SHA-256 over every byte before it and over ``at``,
under a key derived from the master key ``key``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from django.conf import settings

from readerai.clock import db_now

from ..domain.audit import stamp
from ..models import AccessLogChain, Session
from ..vault import MasterKeyMissing, key_ring

PURPOSE: Final = "readerai anchors of logs"
#: Two weeks of hourly files.
KEPT_FILES: Final = 14 * 24
#: What the hourly files look back on: whatever is older is in the files before.
LATELY: Final = dt.timedelta(days=2)
_PATTERN: Final = "anchors-*.jsonl"


class AnchorsUnreadable(Exception):
    """A file of anchors is not as it was written. The message says what is wrong with it."""


@dataclass(frozen=True)
class Anchor:
    """Where a log stood: ``id`` is the session's, or the school's slug for a access log."""

    log: str
    id: str
    length: int
    head: bytes
    student: int | None = None
    version: int = 0


@dataclass(frozen=True)
class Anchors:
    """A file's content, checked."""

    at: dt.datetime
    anchors: tuple[Anchor, ...]


class _Writable(Protocol):
    def write(self, text: str, /) -> Any: ...


def write_anchors(into: _Writable, *, since: dt.datetime | None = None) -> int:
    """Write the anchors of all logs (of sessions active since ``since``); how many."""
    at, key_id = db_now(), key_ring().newest_id
    mac = hmac.new(key_ring().derived(key_id, PURPOSE), digestmod=hashlib.sha256)
    count = 0
    for entry in _entries(since):
        line = json.dumps(entry) + "\n"
        mac.update(line.encode())
        into.write(line)
        count += 1
    mac.update(stamp(at).encode())
    end = {"log": "end", "at": stamp(at), "key": key_id, "mac": mac.hexdigest()}
    into.write(json.dumps(end) + "\n")
    return count


def _entries(since: dt.datetime | None) -> Iterator[dict[str, Any]]:
    sessions = Session.objects.filter(key__erased_at=None).order_by("pk")
    if since is not None:
        sessions = sessions.filter(last_active_at__gte=since)
    columns = sessions.values_list("pk", "student_id", "version", "log_length", "log_head")
    for pk, student, version, length, head in columns.iterator(chunk_size=2000):
        entry = {"log": "session", "id": pk, "student": student, "length": length}
        yield entry | {"version": version, "head": bytes(head).hex()}
    for chain in AccessLogChain.objects.select_related("school").order_by("school__slug"):
        entry = {"log": "access", "id": chain.school.slug, "length": chain.length}
        yield entry | {"head": bytes(chain.head).hex()}


def read_anchors(file: Path) -> Anchors:
    """The anchors in a file. Raises ``AnchorsUnreadable``."""
    try:
        *lines, last = file.read_text(encoding="utf-8").splitlines(keepends=True)
        end = json.loads(last)
        if end["log"] != "end":
            raise AnchorsUnreadable("its end is missing")
        key = key_ring().derived(end["key"], PURPOSE)
        written = "".join(lines).encode() + str(end["at"]).encode()
        expected = hmac.new(key, written, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, str(end["mac"])):
            raise AnchorsUnreadable("it is not what was written")
        return Anchors(dt.datetime.fromisoformat(end["at"]), tuple(_anchors(lines)))
    except MasterKeyMissing:
        raise AnchorsUnreadable("its master key is not configured") from None
    except OSError as error:
        raise AnchorsUnreadable(error.strerror or "it cannot be opened") from None
    except (ValueError, KeyError, TypeError):
        raise AnchorsUnreadable("it is not a file of anchors") from None


def _anchors(lines: Iterable[str]) -> Iterator[Anchor]:
    for line in lines:
        entry = json.loads(line)
        yield Anchor(
            log=entry["log"],
            id=entry["id"],
            length=entry["length"],
            head=bytes.fromhex(entry["head"]),
            student=entry.get("student"),
            version=entry.get("version", 0),
        )


def export_into(folder: Path, *, keep: int = KEPT_FILES) -> Path:
    """Write the anchors of what happened lately into a new file of ``folder``, and take away the
    oldest files over ``keep``."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = db_now()
    file = folder / f"anchors-{now.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}.jsonl"
    half = file.with_suffix(".part")
    with half.open("w", encoding="utf-8") as into:
        half.chmod(0o600)
        write_anchors(into, since=now - LATELY)
    half.rename(file)
    for old in sorted(folder.glob(_PATTERN))[:-keep]:
        old.unlink(missing_ok=True)
    return file


def own_folder() -> Path:
    """Where this site's worker writes its hourly files."""
    return Path(settings.READERAI_DATA) / "anchors"


def anchor_files(path: Path) -> list[Path]:
    """The files of anchors at ``path``, oldest first: itself, or those in a folder."""
    return sorted(path.glob(_PATTERN)) if path.is_dir() else [path]
