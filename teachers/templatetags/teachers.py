"""Tables, times and amounts as a teacher's pages say them, in the school's time zone."""

from __future__ import annotations

import datetime as dt

from django import template

from teachers.tables import Cell, ReportTable, value_text
from teachers.wording import clock

register = template.Library()


@register.simple_tag
def table_rows(table: ReportTable, zone: dt.tzinfo) -> list[list[Cell]]:
    return table.shown(zone)


@register.simple_tag
def when(moment: dt.datetime, zone: dt.tzinfo) -> str:
    return value_text(moment, "time", zone)


@register.simple_tag
def day_of(moment: dt.datetime, zone: dt.tzinfo, now: dt.datetime) -> str:
    """When something was, as short as it can be said."""
    return clock(moment, zone, now)
