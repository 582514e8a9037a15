"""Slots: who is connected, on which server, by the database's clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper
from django.db.models.functions import Now

from readerai.accounts.models import SignIn
from readerai.accounts.models.sign_in import is_live
from readerai.clock import db_now

from ...models import Presence, Session
from .connecting import PRESENCE_LIFETIME

Loss = Literal["taken_over", "signed_out", "idle", "completed", "erased", "lapsed"]

_SIGNED_IN: Final = is_live("sign_in__")


def renew(*, server: str, session_ids: Iterable[str]) -> None:
    """Keep the slots of a server's live connections: one statement for all of them. A slot whose
    connection ended without the database runs out."""
    with transaction.atomic():
        Presence.objects.filter(server=server, session_id__in=list(session_ids)).update(
            expires_at=db_now() + PRESENCE_LIFETIME
        )


def regain(*, session_id: str, owner: int, server: str, sign_in_id: int) -> bool:
    """Give a connection back the slot that ran out while the database was away; False where the
    connection may not stay."""
    with transaction.atomic():
        session = Session.objects.select_for_update().filter(pk=session_id, owner=owner).first()
        if session is None or session.status != Session.Status.ACTIVE:
            return False
        if not SignIn.objects.live().filter(pk=sign_in_id).exists():
            return False
        Presence.objects.get_or_create(
            session=session,
            defaults={
                "server": server,
                "owner": owner,
                "sign_in_id": sign_in_id,
                "expires_at": db_now() + PRESENCE_LIFETIME,
            },
        )
    return True


def leave(*, server: str) -> None:
    """Give up all slots of a server that goes."""
    Presence.objects.filter(server=server).delete()


def lost(*, server: str, owners: Mapping[str, int]) -> dict[str, Loss]:
    """Which of a server's connections (session id to owner) may not stay, and why.

    ``lapsed`` is a slot that ran out, as all do while the database is away: see ``regain``.
    """
    rows = (
        Presence.objects.filter(server=server, session_id__in=list(owners))
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
    """A slot goes with a newer connection, with a pause for want of activity, at the end, and
    when its time runs out."""
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
            found[session_id] = "lapsed"
    return found


def sweep() -> int:
    """Remove slots that ran out; how many there were."""
    with transaction.atomic():
        dead = list(
            Presence.objects.select_for_update(skip_locked=True)
            .filter(expires_at__lt=Now())
            .values_list("pk", flat=True)[:500]
        )
        Presence.objects.filter(pk__in=dead, expires_at__lt=Now()).delete()
    return len(dead)
