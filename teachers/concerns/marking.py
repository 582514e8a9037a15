"""Which overviews are of a child with an open concern. It stands on every session of the child,
with no time after which it falls off, and goes when somebody has dealt with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from sessions_app.domain.overviews import SessionOverview
from sessions_app.domain.presence.attention import Reason

from .cases import open_by_child


def mark_concerns(overviews: Sequence[SessionOverview]) -> list[SessionOverview]:
    """These overviews, each with distress as its first reason where its child has an open concern,
    and without it where there is none (any more)."""
    children = open_by_child({overview.session.student_id for overview in overviews})
    return [_marked(each, is_open=each.session.student_id in children) for each in overviews]


def _marked(overview: SessionOverview, *, is_open: bool) -> SessionOverview:
    others: list[Reason] = [reason for reason in overview.reasons if reason != Reason.DISTRESS]
    reasons: list[Reason] = [Reason.DISTRESS, *others] if is_open else others
    summary = msgspec.structs.replace(overview.summary, needs_help=bool(reasons))
    return replace(overview, reasons=reasons, summary=summary)
