"""What one client was told: the promises that the database must keep."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Journal:
    """One session as its client saw it. Ids are the client's own message ids."""

    session_id: str
    student: str = ""
    #: Every id that was ever sent, and those that an answer of the server covered.
    sent: list[int] = field(default_factory=list)
    acknowledged: list[int] = field(default_factory=list)
    furthest: int = 0
    #: Seconds between the first frame and the last.
    wall_seconds: float = 0.0
    #: Question id -> interruption id, and interruption id -> the answer's text.
    questions: dict[int, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    #: Ids of checkpoint answers whose result came.
    results: list[int] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    tried: list[int] = field(default_factory=list)
    #: Close codes and error codes that came, in order.
    closes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        return dataclasses.asdict(self)


@dataclass
class Finding:
    """What the auditor saw: empty lists are good news."""

    frames: int
    lost: list[str]
    twice: list[str]
    unsound: list[str]

    @property
    def clean(self) -> bool:
        """Nothing lost, nothing counted twice, every log whole."""
        return not (self.lost or self.twice or self.unsound)
