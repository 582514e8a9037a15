"""What a report on a school's children can be about today."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from readerai.accounts.models import School, Term
from teachers.reports.school_periods import school_period, school_week

#: Half an hour before midnight in Greenwich, and past it in Berlin.
LATE = dt.datetime(2026, 3, 4, 23, 30, tzinfo=dt.UTC)


@pytest.mark.sqlite  # whose clock can be moved
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "last"),
    [("UTC", "2026-03-04"), ("Europe/Berlin", "2026-03-05"), ("Mars", "2026-03-04")],
)
def test_period_ends_with_today_as_it_is_in_the_school(zone: str, last: str) -> None:
    school = School.objects.create(name="Hill School", slug="hill", time_zone=zone)
    with time_machine.travel(LATE, tick=False):
        ranges, period = school_period(school, "month")
        week, before = school_week(school), school_week(school, weeks_ago=1)
    assert (period.key, str(period.last)) == ("month", last)
    assert [dates.key for dates in ranges] == ["week", "month", "term", "year"]
    assert str(week.last) == last
    assert before.last == week.first - dt.timedelta(days=1)
    assert before.until == week.since


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x", "term-0", "\x00"])
def test_unknown_key_means_the_last_days(key: str) -> None:
    assert school_period(None, key)[1].key == "week"


@pytest.mark.sqlite
@pytest.mark.django_db
def test_term_of_the_school_is_one_of_the_ranges() -> None:
    school = School.objects.create(name="Hill School", slug="hill")
    first, last = dt.date(2026, 1, 6), dt.date(2026, 3, 27)
    Term.objects.create(
        school=school, school_year="2025/26", name="Spring", first_day=first, last_day=last
    )
    with time_machine.travel(LATE, tick=False):
        _, period = school_period(school, "term")
    assert (period.name, period.first) == ("Spring, 2025/26", first)
    assert period.last == LATE.date()
