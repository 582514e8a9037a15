"""The school's time zone, in which a teacher's pages and files say when something was."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from readerai.accounts.models import School


def school_time_zone(school: School | None) -> ZoneInfo:
    """The time zone in which a school's days begin and end; UTC without one that is known."""
    try:
        return ZoneInfo(school.time_zone if school is not None else "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
