"""Slots: who is connected, on which server, by the database's clock."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now

from ..models import Slot
from .clock import db_now
from .lifecycle import SLOT_LIFETIME


def renew(*, server: str) -> None:
    """Keep the slots of a server's connections alive: one statement for all of them."""
    with transaction.atomic():
        Slot.objects.filter(server=server).update(expires_at=db_now() + SLOT_LIFETIME)


def lost(*, server: str, owners: Mapping[str, int]) -> set[str]:
    """Which of a server's connections (session id to owner) may not stay: taken over, signed
    out, the account disabled, or the slot gone."""
    rows = Slot.objects.filter(
        server=server,
        session_id__in=list(owners),
        sign_in__ended_at=None,
        sign_in__expires_at__gt=Now(),
        sign_in__user__is_active=True,
    ).values_list("session_id", "owner")
    kept = {session_id for session_id, owner in rows if owners.get(session_id) == owner}
    return set(owners) - kept


def sweep() -> int:
    """Remove slots that ran out; how many there were."""
    with transaction.atomic():
        dead = list(
            Slot.objects.select_for_update(skip_locked=True)
            .filter(expires_at__lt=Now())
            .values_list("pk", flat=True)[:500]
        )
        Slot.objects.filter(pk__in=dead, expires_at__lt=Now()).delete()
    return len(dead)
