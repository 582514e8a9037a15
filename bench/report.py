"""The table of a run, on paper and in the docs."""

from __future__ import annotations

import datetime as dt
import os
import platform
from pathlib import Path
from typing import Final

from bench.measuring import ASKING, STUDENTS, Numbers

PAGE: Final = Path(__file__).resolve().parent.parent / "docs/reference/measurements.md"
BEGIN: Final = "<!-- bench: written by `make bench` -->"
END: Final = "<!-- bench: end -->"

#: Field, what it is, and whether more of it is better.
ROWS: Final = (
    ("saved_per_second", "saved progress per second, unpaced", True),
    ("rush_cpu", "server CPU per saved progress, unpaced (ms)", False),
    ("paced_cpu", f"server CPU per saved progress, {STUDENTS} students at 1/s (ms)", False),
    ("paced_p50", "acknowledged after, p50, paced (ms)", False),
    ("paced_p99", "acknowledged after, p99, paced (ms)", False),
    ("first_words_p50", f"first words of an answer, {ASKING} at once, p50 (ms)", False),
    ("whole_answer_p50", f"whole answer, {ASKING} at once, p50 (ms)", False),
)


def table(ours: Numbers, stock: Numbers) -> str:
    """ReaderAI beside stock Channels; above 1 means that ReaderAI does better."""
    lines = ["| | ReaderAI | stock Channels | ratio |", "| --- | ---: | ---: | ---: |"]
    for name, what, more_is_better in ROWS:
        mine, theirs = getattr(ours, name), getattr(stock, name)
        ratio = mine / theirs if more_is_better else theirs / mine
        lines.append(f"| {what} | {mine:,.2f} | {theirs:,.2f} | {ratio:.2f} |")
    return "\n".join(lines)


def machine() -> str:
    """What the numbers were measured on."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return (
        f"{today}, {os.cpu_count()} cores of {model}, Python {platform.python_version()}, client, "
        f"PostgreSQL and server on the same machine, load average {load:.1f} at the end"
    )


def write(text: str) -> None:
    """Put a run's table between the marks in the docs."""
    page = PAGE.read_text()
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")
