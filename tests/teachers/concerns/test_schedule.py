from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teachers.concerns.schedule import LONGEST_RETRY, retry_after, tellings_by

START = dt.datetime(2026, 11, 27, 20, 3, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("hours", "count"),
    [
        (-0.01, 0),
        (0, 1),
        (0.99, 1),
        (1, 2),  # then after 2 hours, 4, 8, 16, and a day each time
        (2.99, 2),
        (3, 3),
        (7, 4),
        (15, 5),
        (31, 6),
        (54.9, 6),
        (55, 7),
        (79, 8),
        (24 * 100 + 7, 105),
    ],
)
def test_reminder_comes_after_twice_as_long_each_time(hours: float, count: int) -> None:
    assert tellings_by(START + hours * HOUR, START, HOUR) == count


def test_without_reminders_there_is_one_mail() -> None:
    assert tellings_by(START + 1000 * HOUR, START, dt.timedelta()) == 1


@given(minutes=st.integers(1, 40_000), repeat=st.integers(1, 32_000), longer=st.integers(0, 10_000))
def test_tellings_only_grow_and_never_flood(minutes: int, repeat: int, longer: int) -> None:
    def count(after: int) -> int:
        at = START + dt.timedelta(minutes=after)
        return tellings_by(at, START, dt.timedelta(minutes=repeat))

    assert 1 <= count(minutes) <= count(minutes + longer)
    # Never more than doubling from the shortest repeat to a day, and then one a day.
    assert count(minutes) <= 1 + 12 + minutes // (24 * 60)


def test_retry_comes_later_each_time_up_to_half_an_hour() -> None:
    waits = [retry_after(tries) for tries in range(1, 40)]
    assert waits[0] == dt.timedelta(minutes=1)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_RETRY
