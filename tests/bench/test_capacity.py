"""What many children need, from what a few cost."""

from __future__ import annotations

import pytest

from bench.capacity import UnitCosts, costs_of, needs

FIGURES = {
    "position_us_300": 200.0, "position_us_3000": 150.0, "question_us": 6000.0, "open_us": 12_000.0,
    "position_postgres_us": 10.0, "question_postgres_us": 600.0, "open_postgres_us": 1200.0,
    "position_redis_us": 0.0, "question_redis_us": -3.0, "open_redis_us": 120.0,
    "session_kib": 64.0, "position_log_bytes": 100.0, "session_bytes": 4096.0,
    "question_bytes": 2048.0, "question_characters": 4000.0,
}  # fmt: skip


def test_costs_of_take_the_position_at_the_largest_size() -> None:
    assert costs_of([FIGURES]).figures["position_us"] == 150.0


@pytest.mark.parametrize(
    ("part", "expected"), [("", 150 + 100 + 10), ("_postgres", 10 + 10 + 1), ("_redis", 0.1)]
)
def test_per_second_adds_the_shares_of_questions_and_openings(part: str, expected: float) -> None:
    assert costs_of([FIGURES]).per_second(part) == pytest.approx(expected)


def test_cores_are_planned_to_be_busy_in_part() -> None:
    costs = UnitCosts({"position_us": 600.0, "question_us": 0.0, "open_us": 0.0})
    assert costs.cores("", 1000) == 1
    assert costs.cores("", 1001) == 2


def test_needs_have_a_row_each_for_all_sizes() -> None:
    lines = needs(costs_of([FIGURES])).splitlines()
    assert lines[0] == "| children reading at once | 5,000 | 50,000 | 500,000 |"
    assert "| server cores | 3 | 22 | 220 |" in lines
    assert "| write-ahead log | 0.50 MB a second | 5.0 MB a second | 50 MB a second |" in lines
    # 180 days of one session and twenty questions.
    assert "| kept in a school year | 41 GB | 410 GB | 4,100 GB |" in lines
