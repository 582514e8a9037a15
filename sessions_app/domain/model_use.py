"""What a school's children may ask a model, and what that took today.

Where a model may not be asked (no consent, or the day's budget is spent), the next tutor answers,
and a child notices nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from readerai.accounts.models import School, Student

from ..models import ModelUse
from ..tutor.types import Usage

#: A cent in millionths of a dollar, which is how usage is counted.
CENT = 10_000


@dataclass(frozen=True, slots=True)
class ModelTerms:
    """Whether a child's question may go to a model, and which school pays for it."""

    may_ask: bool = False
    school: int | None = None


def model_terms(student: int) -> ModelTerms:
    """How it stands for a student (a primary key) now. Reads nothing where there is no model."""
    if not settings.ANTHROPIC_API_KEY:
        return ModelTerms()
    row = Student.objects.filter(pk=student).select_related("user__school").first()
    if row is None:
        return ModelTerms()
    school = row.user.school
    if school is None:
        return ModelTerms(row.model_allowed)
    may_ask = row.model_allowed and school.model_allowed and not _is_spent(school)
    return ModelTerms(may_ask, school.pk)


def count_use(school: int, usage: Usage) -> None:
    """Count what a request took for the school (a primary key) and its day."""
    with transaction.atomic():
        row = School.objects.only("time_zone").filter(pk=school).first()
        if row is None:
            return
        use, _ = ModelUse.objects.get_or_create(school=row, day=_today(row))
        ModelUse.objects.filter(pk=use.pk).update(
            requests=F("requests") + 1,
            input_tokens=F("input_tokens") + usage.input_tokens,
            cache_write_tokens=F("cache_write_tokens") + usage.cache_write_tokens,
            cache_read_tokens=F("cache_read_tokens") + usage.cache_read_tokens,
            output_tokens=F("output_tokens") + usage.output_tokens,
            microdollars=F("microdollars") + usage.microdollars,
        )


def _is_spent(school: School) -> bool:
    cents = school.model_cents_a_day
    if cents is None:
        cents = settings.READERAI_TUTOR_CENTS_A_DAY or None
    if cents is None:
        return False
    use = ModelUse.objects.filter(school=school, day=_today(school)).first()
    return (0 if use is None else use.microdollars) >= cents * CENT


def _today(school: School) -> dt.date:
    return timezone.now().astimezone(ZoneInfo(school.time_zone)).date()
