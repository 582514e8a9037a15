"""Words of the pages about reading lists."""

from __future__ import annotations

import datetime as dt

from django import template

from teachers.wording import clock

register = template.Library()


@register.simple_tag
def day_of(moment: dt.datetime, zone: dt.tzinfo, now: dt.datetime) -> str:
    """When something was, as short as it can be said in a school's own time."""
    return clock(moment, zone, now)
