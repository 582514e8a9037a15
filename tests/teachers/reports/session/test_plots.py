"""One session in plots."""

from __future__ import annotations

import datetime as dt

import pytest

from teachers.reports.session.plots import ReadingClock
from tests.teachers.records import NOON, span


def minutes(number: float) -> dt.datetime:
    return NOON + dt.timedelta(minutes=number)


#: Two minutes of reading, eight of something else, three of reading.
CLOCK = ReadingClock([span(minutes(2), seconds=120), span(minutes(13), seconds=180)])


def test_spans_end_one_after_the_other_by_reading_time() -> None:
    assert [end for end, _ in CLOCK.ends] == [2, 5]


@pytest.mark.parametrize(
    ("at", "reading_time"),
    [(-1, 0), (0, 0), (1, 1), (2, 2), (6, 2), (10, 2), (11, 3), (13, 5), (60, 5)],
)
def test_reading_time_stands_still_while_nobody_reads(at: float, reading_time: float) -> None:
    assert CLOCK.at(minutes(at)) == pytest.approx(reading_time)


def test_nobody_has_read_before_the_first_span() -> None:
    assert ReadingClock([]).at(NOON) == 0
