"""What the rounds gave, as a table and as JSON, on the page of measurements."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import psycopg
import redis

from bench.figures import Spread, spread_of
from bench.site import Site

PAGE: Final = Path(__file__).resolve().parent.parent / "docs/reference/measurements.md"
BEGIN: Final = "<!-- bench: written by `make bench` -->"
END: Final = "<!-- bench: end -->"
PACKAGES: Final = (
    "django", "channels", "channels-redis", "daphne", "uvicorn", "uvloop", "websockets", "psycopg",
    "anthropic", "msgspec", "cryptography",
)  # fmt: skip

#: A figure's key, what it is, what it is divided by, and its decimals.
ROWS: Final = (
    ("held", "readers held by one core", 1, 0),
    ("position_us_100", "CPU per position at 100 children (µs)", 1, 0),
    ("position_us_300", "… at 300", 1, 0),
    ("position_us_1000", "… at 1,000", 1, 0),
    ("position_us_3000", "… at 3,000", 1, 0),
    ("question_us", "CPU per answered question (ms)", 1000, 1),
    ("question_alone_us", "… where nobody reports a place meanwhile (ms)", 1000, 1),
    ("open_us", "CPU per opened session (ms)", 1000, 1),
    ("session_kib", "memory per session (KiB)", 1, 0),
    ("ack_p50_ms", "position acknowledged, p50 at 300 children (ms)", 1, 0),
    ("ack_p99_ms", "… p99", 1, 0),
    ("two_held", "readers held by two processes on two cores that everything shares", 1, 0),
    ("one_held", "… by one process on one of them", 1, 0),
    ("position_postgres_us", "PostgreSQL's CPU per position (µs)", 1, 0),
    ("question_postgres_us", "… per answered question (ms)", 1000, 1),
    ("open_postgres_us", "… per opened session (ms)", 1000, 1),
    ("position_redis_us", "Redis' CPU per position (µs)", 1, 1),
    ("question_redis_us", "… per answered question (µs)", 1, 0),
    ("open_redis_us", "… per opened session (µs)", 1, 0),
    ("position_log_bytes", "write-ahead log per position (bytes)", 1, 0),
    ("session_bytes", "kept for a session (bytes)", 1, 0),
    ("question_bytes", "kept for a question (bytes)", 1, 0),
    ("question_characters", "sent to the model for a question (characters)", 1, 0),
    ("channels", "PUBSUB CHANNELS with thirty children", 1, 0),
    ("client_share", "the client's largest share of its core", 1, 2),
    ("client_core_share", "… with PostgreSQL, Redis and the model's API", 1, 2),
)

#: Of each contender, what each round found.
Rounds = Mapping[str, Sequence[Mapping[str, float]]]


def figure(rounds: Sequence[Mapping[str, float]], key: str) -> Spread | None:
    """One figure over the rounds that have it."""
    return spread_of(found[key] for found in rounds if key in found)


def table(rounds: Rounds) -> str:
    """A row per figure, a column per contender: `median (least to most)`."""
    head = f"| | {' | '.join(rounds)} |"
    lines = [head, "| --- |" + " ---: |" * len(rounds)]
    for key, what, divisor, decimals in ROWS:
        cells = [_cell(rounds[name], key, divisor, decimals) for name in rounds]
        if any(cells):
            lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(rounds: Sequence[Mapping[str, float]], key: str, divisor: float, decimals: int) -> str:
    of = figure(rounds, key)
    if of is None:
        return ""
    numbers = [f"{value / divisor:,.{decimals}f}" for value in (of.median, of.least, of.most)]
    more = "≥ " if key == "held" and any(found.get("held_or_more") for found in rounds) else ""
    spread_out = (
        f" ({numbers[1]} to {numbers[2]})" if len(rounds) > 1 and of.least != of.most else ""
    )
    return f"{more}{numbers[0]}{spread_out}"


def ratios(rounds: Rounds) -> str:
    """How many times the stock consumer's readers ours holds, by server."""
    said = []
    for kind in ("daphne", "uvicorn"):
        ours = figure(rounds.get(f"ReaderAI under {kind}", ()), "held")
        stock = figure(rounds.get(f"stock under {kind}", ()), "held")
        if ours and stock and stock.median:
            times = ours.median / stock.median
            said.append(f"{times:.1f} times the stock consumer's readers under {kind}")
    return f"ReaderAI holds {' and '.join(said)}." if said else ""


def machine(place: Site, command: str, seconds: float) -> dict[str, Any]:
    """What was measured where, by what, for how long."""
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    with psycopg.connect(place.postgres.url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    with redis.Redis.from_url(place.redis.url) as client:
        redis_version = client.info("server")["redis_version"]
    versions = {name: version(name) for name in PACKAGES}
    servers = {"PostgreSQL": row[0] if row else "", "Redis": redis_version}
    return {
        "command": command,
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "minutes": round(seconds / 60, 1),
        "cores": os.cpu_count(),
        "cpu": cpu[1] if cpu else platform.machine(),
        "load_before": round(place.load_before, 2),
        "versions": {"Python": platform.python_version(), **servers, **versions},
    }


def text(about: Mapping[str, Any], rounds: Rounds) -> str:
    """All that stands between the marks of the page."""
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    most = max((len(found) for found in rounds.values()), default=0)
    measured = json.dumps({"about": about, "rounds": rounds}, indent=None)
    return (
        f"`{about['command']}`, {about['date']}, {about['minutes']} minutes, {about['cores']} "
        f"cores of {about['cpu']}, load average before it {about['load_before']}; {versions}. "
        f"Medians of {most} round{'s' if most > 1 else ''} (least to most).\n\n"
        f"{table(rounds)}\n\n{ratios(rounds)}\n\n"
        f"The same as JSON, every round of it:\n\n```json\n{measured}\n```"
    )


def write(said: str, page: Path = PAGE, marks: tuple[str, str] = (BEGIN, END)) -> None:
    """Put a text between the two marks of a page."""
    begin, end = marks
    before, _, rest = page.read_text().partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n\n{said}\n\n{end}{after}")


def measured(page: Path = PAGE) -> dict[str, Any]:
    """The JSON of the last run on the page; raises `ValueError` where there is none."""
    found = re.search(rf"{re.escape(BEGIN)}.*?```json\n(.*?)\n```", page.read_text(), re.DOTALL)
    if found is None:
        raise ValueError(f"no measurements on {page}: run `make bench`")
    run: dict[str, Any] = json.loads(found[1])
    return run
