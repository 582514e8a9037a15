"""Whether the master keys are those that the database was written with.

A wrong key opens nothing: shelves, reports and logs would be empty, and what is written meanwhile
would be lost with the next right one. So each key leaves a check sum when it is first used.
"""

from __future__ import annotations

import hmac
from typing import Final

from django.conf import settings
from django.db import transaction

from readerai.clock import db_now
from readerai.monitoring.health import NotReady

from ..models import KeyCheck, SessionKey
from ..vault import key_ring

PURPOSE: Final = "readerai key check"


class WrongKeys(NotReady):
    """The message names the keys, and nothing of them."""


def check_keys() -> None:
    """Compare every configured key with its check sum; a key that is new leaves one. Writes.

    Raises ``WrongKeys``, and what the database raises.
    """
    with transaction.atomic():
        known = {row.key_id: row for row in KeyCheck.objects.all()}
        wrong = [key_id for key_id in settings.READERAI_KEYS if not _is_right(key_id, known)]
        if wrong:
            raise WrongKeys(f"the master key {', '.join(wrong)} is not the one used before")
        used = SessionKey.objects.filter(wrapped__isnull=False).order_by()
        missing = {
            *used.exclude(master_key_id__in=list(settings.READERAI_KEYS))
            .values_list("master_key_id", flat=True)
            .distinct()[:5]
        }
        if missing:
            raise WrongKeys(f"the master key {', '.join(sorted(missing))} is in use and missing")
        now = db_now()
        for key_id in settings.READERAI_KEYS:
            if key_id not in known:
                new = {"value": _value(key_id), "seen_at": now}
                KeyCheck.objects.get_or_create(key_id=key_id, defaults=new)
        KeyCheck.objects.filter(key_id=key_ring().newest_id).update(seen_at=now)


def _is_right(key_id: str, known: dict[str, KeyCheck]) -> bool:
    return key_id not in known or hmac.compare_digest(known[key_id].value, _value(key_id))


def _value(key_id: str) -> str:
    return key_ring().derived(key_id, PURPOSE).hex()
