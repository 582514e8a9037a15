"""The bench's table and its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.table import BEGIN, END, Rounds, measured, ratios, table, text, write

ROUNDS: Rounds = {
    "ReaderAI under uvicorn": [
        {"held": 2000, "open_us": 9000.0, "held_or_more": 0},
        {"held": 2500, "open_us": 8000.0, "held_or_more": 1},
        {"held": 2400, "open_us": 8500.0, "held_or_more": 0},
    ],
    "stock under uvicorn": [{"held": 600}, {"held": 500}, {"held": 600}],
}
ABOUT = {
    "command": "make bench", "date": "2026-11-28", "minutes": 19.0, "cores": 2, "cpu": "a CPU",
    "load_before": 0.1, "versions": {"Python": "3.11"},
}  # fmt: skip


def test_table_has_medians_with_their_spread() -> None:
    lines = table(ROUNDS).splitlines()
    assert lines[0] == "| | ReaderAI under uvicorn | stock under uvicorn |"
    assert lines[2].endswith("| ≥ 2,400 (2,000 to 2,500) | 600 (500 to 600) |")
    assert lines[3].endswith("| 8.5 (8.0 to 9.0) |  |")
    assert len(lines) == 4


def test_ratios_compare_under_the_same_server() -> None:
    assert ratios(ROUNDS) == "ReaderAI holds 4.0 times the stock consumer's readers under uvicorn."
    assert ratios({"ReaderAI under daphne": [{"held": 5}]}) == ""


def test_write_keeps_what_stands_around_and_can_be_read_again(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Before\n\n{BEGIN}\n\nof another day\n\n{END}\n\nafter\n")
    write(text(ABOUT, ROUNDS), page)
    said = page.read_text()
    assert said.startswith(f"# Before\n\n{BEGIN}\n\n`make bench`, 2026-11-28, 19.0 minutes")
    assert said.endswith(f"{END}\n\nafter\n")
    assert "of another day" not in said
    assert measured(page) == {"about": ABOUT, "rounds": ROUNDS}


def test_measured_without_a_run_says_what_to_do(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}\n")
    with pytest.raises(ValueError, match="make bench"):
        measured(page)
