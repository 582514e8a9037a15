"""What a hand keeps apart from the session's state: what is not saved yet, and what fences it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from ...models import CheckpointAttempt, Interruption, ReadingSpan
from ..evidence import PlaceReport


@dataclass(frozen=True, slots=True)
class QuestionEnd:
    """How a question ends under the lease ``attempt``: what becomes of its row."""

    interruption_id: str
    attempt: int
    columns: dict[str, object]


@dataclass(slots=True, weakref_slot=True)
class StudentClock:
    """Up to when (monotonic seconds) time was counted for a child in this process: two sessions
    of one child that are open at once count once."""

    counted_until: float = 0.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What counting goes on from after what is saved: the watch, packed, and the child's clock."""

    watch: bytes = b""
    counted_until: float = 0.0


@dataclass(slots=True)
class Changes:
    """What was changed and is not saved yet, beside the session's row and its log."""

    reading_spans: list[ReadingSpan] = field(default_factory=list)
    question: Interruption | None = None
    cancelled: str | None = None
    ended: QuestionEnd | None = None
    attempt: CheckpointAttempt | None = None
    ends_presence: bool = False
    is_activity: bool = False


@dataclass(slots=True)
class Reported:
    """A place that was reported and is not known to be saved. ``ids`` are the messages that it
    stands for; ``serial`` is that of the first snapshot that holds it, 0 before there is one."""

    report: PlaceReport
    under: int | None
    client: str
    ids: tuple[int, ...]
    serial: int = 0


@dataclass(slots=True)
class SessionColumns:
    """The columns of the session's row that messages change, and the two that fence them."""

    owner: int
    version: int
    status: str
    last_active_at: dt.datetime
    completed_at: dt.datetime | None
    hand_raised_at: dt.datetime | None
