"""CPU seconds of audio processing per session and hour."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.db import transaction

from readerai.clock import db_now

from ..models import AudioUse, Session
from .errors import Refused

HOUR: Final = dt.timedelta(hours=1)
LEAST: Final = 1.0


class QuotaUsed(Refused):
    """The session's audio quota is used up; ``retry_after`` seconds until there is more."""

    def __init__(self, retry_after: float) -> None:
        super().__init__()
        self.retry_after = retry_after


def reserve(session: Session, *, wanted: float) -> float:
    """Take up to ``wanted`` CPU seconds from the hour's budget; what was granted.

    Reserved before the work, so that requests side by side cannot spend the same seconds;
    give back with ``settle`` what was not used. Raises ``QuotaUsed``.
    """
    with transaction.atomic():
        now = db_now()
        AudioUse.objects.get_or_create(session=session, defaults={"hour_started_at": now})
        use = AudioUse.objects.select_for_update().get(session=session)
        if now - use.hour_started_at >= HOUR:
            use.hour_started_at, use.cpu_seconds = now, 0.0
        left = settings.READERAI_AUDIO_CPU_SECONDS - use.cpu_seconds
        if left < LEAST:
            raise QuotaUsed((use.hour_started_at + HOUR - now).total_seconds())
        granted = min(wanted, left)
        use.cpu_seconds += granted
        use.save()
    return granted


def settle(session: Session, *, granted: float, used: float) -> None:
    """Give back what was reserved and not used."""
    with transaction.atomic():
        use = AudioUse.objects.select_for_update().filter(session=session).first()
        if use is not None:
            use.cpu_seconds = max(0.0, use.cpu_seconds - granted + max(0.0, used))
            use.save()
