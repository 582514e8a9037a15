"""Days, terms and years as a school has them."""

from __future__ import annotations

import datetime as dt

import pytest

from readerai.accounts.models import Term
from teachers.reports.periods import Period, last_week, period_of, reportable_ranges

#: A Wednesday, half an hour before midnight in Greenwich.
NOW = dt.datetime(2026, 3, 4, 23, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
KEPT = 400


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def term(pk: int, year: str, name: str, first: str, last: str) -> Term:
    return Term(pk=pk, school_year=year, name=name, first_day=day(first), last_day=day(last))


TERMS = [
    term(1, "2024/25", "Summer", "2025-04-22", "2025-07-22"),
    term(2, "2025/26", "Autumn", "2025-09-02", "2025-12-19"),
    term(3, "2025/26", "Spring", "2026-01-06", "2026-03-27"),
    term(4, "2025/26", "Summer", "2026-04-13", "2026-07-21"),
]


def period(
    key: str, terms: list[Term] | None = None, today: dt.date = TODAY, zone: dt.tzinfo = dt.UTC
) -> Period:
    ranges = {dates.key: dates for dates in reportable_ranges(terms or [], today, KEPT)}
    return period_of(ranges[key], zone, today)


def step_of(found: Period, moment: dt.datetime) -> int | None:
    return found.step_of_day(found.day(moment))


def test_days_are_those_of_the_schools_own_zone() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    found = period_of(last_week(day("2026-03-05")), zone, day("2026-03-05"))
    assert step_of(found, NOW) == 6
    assert found.since.isoformat() == "2026-02-27T00:00:00+02:00"
    assert found.until.isoformat() == "2026-03-06T00:00:00+02:00"
    assert step_of(period("week"), NOW) == 6
    assert period("week").last == TODAY


@pytest.mark.parametrize(
    ("key", "steps", "first"),
    [
        ("week", 7, "2026-02-26"),
        ("month", 28, "2026-02-05"),
        ("term", 18, "2025-11-03"),
        ("year", 52, "2025-03-10"),
    ],
)
def test_school_without_terms_has_the_last_weeks(key: str, steps: int, first: str) -> None:
    found = period(key)
    assert (len(found.steps), found.first, found.last) == (steps, day(first), TODAY)
    assert step_of(found, NOW) == steps - 1
    assert step_of(found, found.since) == 0
    assert step_of(found, found.since - dt.timedelta(seconds=1)) is None
    assert step_of(found, found.until) is None


def test_term_and_year_are_the_schools_up_to_today() -> None:
    spring, year = period("term", TERMS), period("year", TERMS)
    assert (spring.name, spring.first, spring.last) == (
        "Spring, 2025/26",
        day("2026-01-06"),
        TODAY,
    )
    assert (year.name, year.first, year.last) == (
        "School year 2025/26",
        day("2025-09-02"),
        TODAY,
    )
    assert [part.name for part in year.parts] == ["Autumn", "Spring"]
    assert [part.last for part in year.parts] == [day("2025-12-19"), TODAY]


def test_weeks_of_a_term_begin_on_monday_and_stay_inside_it() -> None:
    autumn = period("term-2", TERMS)
    assert (autumn.steps[0].first, autumn.steps[0].last) == (day("2025-09-02"), day("2025-09-07"))
    assert all(step.first.weekday() == 0 for step in autumn.steps[1:])
    assert autumn.last == day("2025-12-19")
    assert autumn.step_of_day(day("2025-12-20")) is None
    assert [autumn.step_of_day(step.last) for step in autumn.steps] == [*range(len(autumn.steps))]


def test_earlier_terms_and_years_are_there_while_anything_is_kept() -> None:
    keys = [dates.key for dates in reportable_ranges(TERMS, TODAY, KEPT)]
    assert keys == ["week", "month", "term", "term-2", "term-1", "year", "year-1"]
    assert "term-1" not in [dates.key for dates in reportable_ranges(TERMS, TODAY, 200)]


def test_between_two_terms_the_last_one_is_the_term_and_the_year_goes_on() -> None:
    april = day("2026-04-02")
    assert period("term", TERMS, april).last == day("2026-03-27")
    assert period("year", TERMS, april).last == april


def test_terms_that_have_not_begun_are_none_yet() -> None:
    assert period("term", TERMS, day("2025-04-01")).name == "Last 18 weeks"


def test_first_day_of_a_term_is_a_step() -> None:
    assert [*period("term", TERMS, day("2026-01-06")).steps] != []
    assert period("year", TERMS, day("2025-09-02")).steps[0].last == day("2025-09-02")
