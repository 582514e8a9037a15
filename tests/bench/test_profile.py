"""What a profile is made of."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest

from bench.profile import by_package, function_table, read_profile
from bench.profiled import Counts, Function, Profiler
from tests.services.server import ROOT

COUNTED: dict[Function, Counts] = {
    (f"{ROOT}/sessions_app/live/connection.py", 10, "push"): (4, 4, 0.003, 0.004),
    (f"{ROOT}/.venv/lib/site-packages/django/db/query.py", 5, "fetch"): (2, 2, 0.001, 0.001),
    ("", 0, "<method 'append' of 'list' objects>"): (8, 8, 0.0, 0.0),
}


def test_table_marks_what_is_ours_and_divides_by_the_units() -> None:
    lines = function_table(COUNTED, 2, 10, own=True).splitlines()
    assert lines[1].split() == [
        "75.0%", "1500.0", "2.00", "*", "sessions_app/live/connection.py:10", "push",
    ]  # fmt: skip
    assert lines[2].split()[3] == "django/db/query.py:5"


def test_by_package_sums_own_time() -> None:
    said = by_package(COUNTED, 2).splitlines()[1:]
    assert [line.split(maxsplit=2)[2] for line in said] == [
        "sessions_app/live", "django", "C code",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "waits",
    [
        "<method 'acquire' of '_thread.lock' objects>",
        "<built-in method time.sleep>",
        "<method 'poll' of 'select.epoll' objects>",
    ],
)
def test_read_leaves_out_what_waits(tmp_path: Path, waits: str) -> None:
    file = tmp_path / "some.pstats"
    counts: tuple[object, ...] = (1, 1, 1.0, 1.0, {})
    file.write_bytes(marshal.dumps({("", 0, waits): counts, ("", 0, "len"): counts}))
    assert list(read_profile(file)) == [("", 0, "len")]


def test_profiler_counts_calls_in_its_thread() -> None:
    profiler = Profiler()
    profiler.enable_here()
    try:
        sorted([2, 1])
    finally:
        profiler.disable()
    assert profiler.counted()["", 0, "<built-in method builtins.sorted>"][1] == 1
