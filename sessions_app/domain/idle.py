"""Sessions that were left alone, by the database's clock, whichever server had them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from ..models import Session
from .errors import SessionNotFound
from .lifecycle import pause_idle


def pause_all_idle(*, most: int = 500) -> int:
    """Pause every session idle for ``READERAI_IDLE_SECONDS``; how many were paused."""
    age = dt.timedelta(seconds=settings.READERAI_IDLE_SECONDS)
    paused = 0
    for session_id in Session.objects.idle_since(age).values_list("pk", flat=True)[:most]:
        try:
            paused += pause_idle(session_id=session_id)
        except SessionNotFound:
            continue
    return paused
