"""Tables and times in a school's own time zone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template

from teachers.reports.tables import Cell, Table, said
from teachers.wording import duration, percent

register = template.Library()


@register.simple_tag
def table_rows(table: Table, zone: dt.tzinfo) -> list[list[Cell]]:
    return table.shown(zone)


@register.simple_tag
def when(moment: dt.datetime, zone: dt.tzinfo) -> str:
    return said(moment, "time", zone)


@register.filter
def as_percent(part: Any) -> str:
    return "–" if part is None else f"{percent(float(part))}%"


@register.filter
def as_duration(seconds: float) -> str:
    return duration(seconds)
