"""Slots: who is connected, on which server, by the database's clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now

from ..models import Session, Slot
from .clock import db_now
from .lifecycle import SLOT_LIFETIME

Loss = Literal["taken_over", "signed_out", "idle", "completed", "erased"]

_SIGNED_IN: Final = Q(
    sign_in__ended_at=None, sign_in__expires_at__gt=Now(), sign_in__user__is_active=True
)


def renew(*, server: str) -> None:
    """Keep the slots of a server's connections alive: one statement for all of them."""
    with transaction.atomic():
        Slot.objects.filter(server=server).update(expires_at=db_now() + SLOT_LIFETIME)


def lost(*, server: str, owners: Mapping[str, int]) -> dict[str, Loss]:
    """Which of a server's connections (session id to owner) may not stay, and why."""
    rows = (
        Slot.objects.filter(server=server, session_id__in=list(owners))
        .annotate(signed_in=ExpressionWrapper(_SIGNED_IN, output_field=BooleanField()))
        .values_list("session_id", "owner", "signed_in")
    )
    held = {
        session_id: signed_in
        for session_id, owner, signed_in in rows
        if owner == owners[session_id]
    }
    found: dict[str, Loss] = {
        session_id: "signed_out" for session_id, signed_in in held.items() if not signed_in
    }
    gone = [session_id for session_id in owners if session_id not in held]
    if gone:
        found |= _why_gone(gone, owners)
    return found


def _why_gone(session_ids: list[str], owners: Mapping[str, int]) -> dict[str, Loss]:
    """A slot goes with a newer connection, with a pause for want of activity, at the end."""
    found: dict[str, Loss] = dict.fromkeys(session_ids, "erased")
    rows = Session.objects.filter(pk__in=session_ids).values_list("pk", "owner", "status")
    for session_id, owner, status in rows:
        if owner != owners[session_id]:
            found[session_id] = "taken_over"
        elif status == Session.Status.PAUSED:
            found[session_id] = "idle"
        elif status == Session.Status.COMPLETED:
            found[session_id] = "completed"
        else:
            found[session_id] = "signed_out"
    return found


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
