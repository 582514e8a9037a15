"""What time it is in a school, and what a term is there."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from readerai.accounts.models import School
from readerai.clock import db_now
from sessions_app.records.retention import NO_SCHOOL_DAYS

from .reports.periods import Period, Span, period_of, spans


def zone_of(school: School | None) -> ZoneInfo:
    """The time zone in which a school's days begin and end."""
    try:
        return ZoneInfo(school.time_zone if school is not None else "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def spans_now(school: School | None) -> list[Span]:
    """What a report on this school's children can be about today: one query."""
    today = db_now().astimezone(zone_of(school)).date()
    if school is None:
        return spans([], today, NO_SCHOOL_DAYS)
    return spans(list(school.terms.all()), today, school.retention_days)


def chosen_period(school: School | None, found: list[Span], key: str) -> Period:
    """The one of ``spans_now`` that ``key`` names; the last days, where it names none."""
    span = next((each for each in found if each.key == key), found[0])
    zone = zone_of(school)
    return period_of(span, zone, db_now().astimezone(zone).date())
