"""The circuit breaker (Nygard, "Release It!", 2007): a service that fails is left alone.

Closed, it lets everything through and looks at the calls of the last minute. Open, nothing goes
through. Half open, one call at a time probes whether the service is back.
"""

import time
from collections import deque
from collections.abc import Callable

FAILURES_TO_OPEN = 3
SHARE_TO_OPEN = 0.5
WINDOW_SECONDS = 60.0
OPEN_SECONDS = 30.0


class CircuitBreaker:
    """Opens at `failures` within `window_seconds` that are at least half of all calls in it.

    Whoever is let through says how it went: `succeeded`, `failed`, or `abandoned` where nobody
    waited for the end. `clock` is monotonic, in seconds.
    """

    def __init__(
        self,
        *,
        failures: int = FAILURES_TO_OPEN,
        window_seconds: float = WINDOW_SECONDS,
        open_seconds: float = OPEN_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = failures
        self._window_seconds = window_seconds
        self._open_seconds = open_seconds
        self._clock = clock
        self._calls: deque[tuple[float, bool]] = deque()
        self._open_until: float | None = None
        self._probing = False

    @property
    def is_open(self) -> bool:
        """Whether the service is being left alone, or probed."""
        return self._open_until is not None

    def allows(self) -> bool:
        """Whether to try."""
        if self._open_until is None:
            return True
        if self._probing or self._clock() < self._open_until:
            return False
        self._probing = True
        return True

    def succeeded(self) -> None:
        """The service did its part."""
        if self.is_open:
            self._calls.clear()
        self._open_until, self._probing = None, False
        self._note(failed=False)

    def failed(self) -> None:
        """The service failed."""
        self._note(failed=True)
        failures = sum(failed for _, failed in self._calls)
        often = failures >= self._limit and failures >= SHARE_TO_OPEN * len(self._calls)
        if self.is_open or often:
            self._open_until, self._probing = self._clock() + self._open_seconds, False

    def abandoned(self) -> None:
        """Nobody knows: the next call may probe."""
        self._probing = False

    def _note(self, *, failed: bool) -> None:
        now = self._clock()
        self._calls.append((now, failed))
        while self._calls[0][0] < now - self._window_seconds:
            self._calls.popleft()
