"""Whether a prompt's beginning is worth keeping for an hour.

Kept for five minutes it costs 1.25 times its input to write and is kept on by every question within
them; kept for an hour it costs twice. So the hour pays where questions about the same chapters
come again after more than five minutes and less than an hour.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

SHORT_SECONDS: Final = 300.0
LONG_SECONDS: Final = 3600.0
_MOST_PREFIXES: Final = 2000


class CacheDemand:
    """Remembers when each beginning was last asked about; `clock` is monotonic, in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked_at: OrderedDict[int, float] = OrderedDict()

    def pays_for_an_hour(self, prefix: int) -> bool:
        """Whether to keep `prefix`, a hash, for an hour this time; it counts as asked about."""
        now = self._clock()
        before = self._asked_at.pop(prefix, None)
        self._asked_at[prefix] = now
        if len(self._asked_at) > _MOST_PREFIXES:
            self._asked_at.popitem(last=False)
        return before is not None and SHORT_SECONDS < now - before < LONG_SECONDS
