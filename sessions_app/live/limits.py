"""How much one connection may say. Clocks are passed in: monotonic seconds."""

from __future__ import annotations

from collections import deque
from enum import Enum, auto
from typing import Final

FRAMES_PER_SECOND: Final = 20.0
BURST: Final = 40.0
FAR_TOO_MANY: Final = 200.0
BAD_FRAMES: Final = 20
BAD_FRAMES_SECONDS: Final = 60.0
COOL_SECONDS: Final = 2.0


class Verdict(Enum):
    FINE = auto()
    TOO_FAST = auto()
    FAR_TOO_FAST = auto()


class FrameRate:
    """A token bucket that also counts how far beyond it a client goes on sending."""

    __slots__ = ("_at", "_excess", "_tokens")

    def __init__(self, now: float) -> None:
        self._tokens = BURST
        self._excess = 0.0
        self._at = now

    def take(self, now: float) -> Verdict:
        gained = (now - self._at) * FRAMES_PER_SECOND
        self._at = now
        self._tokens = min(BURST, self._tokens + gained)
        self._excess = max(0.0, self._excess - gained)
        if self._tokens >= 1:
            self._tokens -= 1
            return Verdict.FINE
        self._excess += 1
        return Verdict.FAR_TOO_FAST if self._excess > FAR_TOO_MANY else Verdict.TOO_FAST


class BadFrames:
    """Counts frames that could not be taken, over the last minute."""

    __slots__ = ("_times",)

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=BAD_FRAMES)

    def one_more(self, now: float) -> bool:
        """Note a bad frame; whether that was one too many."""
        self._times.append(now)
        return len(self._times) == BAD_FRAMES and now - self._times[0] <= BAD_FRAMES_SECONDS


class Cooling:
    """Who was cut for sending far too much, and comes back without the pause that is asked for:
    they are let in, but only after it. To open and be cut, again and again, would cost the others
    more than the frames do. Kept by session and user: nobody else meets another answer."""

    def __init__(self) -> None:
        self._until: dict[tuple[str, int], float] = {}

    def cut(self, session_id: str, user_id: int, now: float) -> None:
        self._until = {who: until for who, until in self._until.items() if until > now}
        self._until[session_id, user_id] = now + COOL_SECONDS

    def seconds_left(self, session_id: str, user_id: int, now: float) -> float:
        return max(0.0, self._until.get((session_id, user_id), now) - now)
