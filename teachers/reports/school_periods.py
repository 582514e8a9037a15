"""What a report on a school's children can be about today, and what one is about."""

from __future__ import annotations

import datetime as dt

from readerai.accounts.models import School
from readerai.clock import db_now
from sessions_app.records.retention import NO_SCHOOL_DAYS

from ..school_time import school_time_zone
from .periods import DateRange, Period, last_week, period_of, reportable_ranges


def school_period(school: School | None, key: str) -> tuple[list[DateRange], Period]:
    """Everything that a report can be about, and the one of it that ``key`` names; the last days,
    where it names none. One query."""
    zone = school_time_zone(school)
    today = db_now().astimezone(zone).date()
    terms = [] if school is None else list(school.terms.all())
    kept_days = NO_SCHOOL_DAYS if school is None else school.retention_days
    ranges = reportable_ranges(terms, today, kept_days)
    dates = next((dates for dates in ranges if dates.key == key), ranges[0])
    return ranges, period_of(dates, zone, today)


def school_week(school: School | None, *, weeks_ago: int = 0) -> Period:
    """The seven days that end with today, or those ``weeks_ago``."""
    zone = school_time_zone(school)
    day = db_now().astimezone(zone).date() - dt.timedelta(weeks=weeks_ago)
    return period_of(last_week(day), zone, day)
