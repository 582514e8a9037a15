"""What the worker does beside looking after sessions, and when it last did it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from readerai.clock import db_now
from readerai.monitoring import metrics

from ..models import Upkeep
from . import chain_anchors
from .retention import purge
from .shredding import scrub

ROUND: Final = "round"
ANCHORS: Final = "anchors"
RETENTION: Final = "retention"
#: How often each is done. A round is done far more often, and noted once a minute.
EVERY: Final = {
    ROUND: dt.timedelta(minutes=1),
    ANCHORS: dt.timedelta(hours=1),
    RETENTION: dt.timedelta(days=1),
}


def do_what_is_due() -> list[str]:
    """Do what is due by the database's clock, whichever worker did it last; what was done, as
    sentences. Raises what the database and the file system raise."""
    done = []
    if _is_due(ANCHORS):
        file = chain_anchors.export_into(chain_anchors.own_folder())
        done.append(f"anchors of all logs written to {file}")
        _note(ANCHORS)
    if _is_due(RETENTION):
        purged = purge()
        if purged.sessions:
            scrub()
        done.append(
            f"retention kept to: {purged.sessions} sessions erased, {purged.accesses} accesses"
            f" forgotten, {purged.login_methods} old login methods removed"
        )
        _note(RETENTION)
    if _is_due(ROUND):
        _note(ROUND)
    return done


def tell_metrics() -> None:
    """Have this server's metrics say how long ago the worker did each. What it never did has the
    age that it would have had, had it been done when the world began."""
    now, done = db_now(), dict(Upkeep.objects.values_list("work", "done_at"))
    beginning = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    for work in EVERY:
        metrics.upkeep(work, (now - done.get(work, beginning)).total_seconds())


def _is_due(work: str) -> bool:
    last = Upkeep.objects.filter(work=work).values_list("done_at", flat=True).first()
    return last is None or db_now() - last >= EVERY[work]


def _note(work: str) -> None:
    Upkeep.objects.update_or_create(work=work, defaults={"done_at": db_now()})
