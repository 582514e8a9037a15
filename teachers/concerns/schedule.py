"""When somebody is to be told of a concern that nobody has seen yet. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Final

#: Reminders come at twice the distance each time, so that a weekend does not bring a hundred.
LONGEST_GAP: Final = dt.timedelta(days=1)
#: A mail that failed is tried again after a minute, then after twice as long each time.
FIRST_RETRY: Final = dt.timedelta(minutes=1)
LONGEST_RETRY: Final = dt.timedelta(minutes=30)


def tellings_by(now: dt.datetime, since: dt.datetime, repeat: dt.timedelta) -> int:
    """How many mails somebody who is to be told from ``since`` on has been due by ``now``: the
    first at once, then a reminder after ``repeat``, after twice as long, and so on. A ``repeat``
    of zero means no reminders."""
    if now < since:
        return 0
    if not repeat:
        return 1
    count, due, gap = 0, since, repeat
    while due <= now:
        count += 1
        if gap >= LONGEST_GAP:
            return count + (now - due) // LONGEST_GAP
        due += gap
        gap = min(2 * gap, LONGEST_GAP)
    return count


def retry_after(tries: int) -> dt.timedelta:
    """How long a mail that was tried so often (1 is the first time) rests. It is also the time
    after which another server takes over from one that died while it sent."""
    return min(FIRST_RETRY * (1 << min(tries - 1, 10)), LONGEST_RETRY)
