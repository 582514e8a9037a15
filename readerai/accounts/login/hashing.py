"""Passwords are hashed a few at a time, and no more wait for it than can soon have their turn.

The slow hash is what a stranger can make a server do without being anybody. Without the gate every
request thread hashed at once: sixty wrong passwords took gigabytes, and nobody else was answered.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from django.contrib.auth.hashers import Argon2PasswordHasher

from readerai.busy import ServerBusy

T = TypeVar("T")

#: A class that signs in by password at once has its turn within a second; a request thread waits
#: for each, and most of them are for others (``servers.threaded_http.THREADS``).
MOST_WAITING: Final = 40


class Gate:
    """Has ``at_once`` worked on and ``waiting`` wait; whoever comes beyond is refused at once.

    The work is done by threads of its own: the allocator keeps what a thread once took, so that
    each of a server's request threads would go on holding the memory of one hash.
    """

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._room = threading.BoundedSemaphore(at_once + waiting)
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="readerai-hashing")

    def run(self, work: Callable[..., T], *args: Any) -> T:
        """What ``work`` returns, in its turn. Raises ``ServerBusy``."""
        if not self._room.acquire(blocking=False):
            raise ServerBusy
        try:
            return self._threads.submit(work, *args).result()
        finally:
            self._room.release()


gate: Final = Gate(at_once=len(os.sched_getaffinity(0)), waiting=MOST_WAITING)


class GatedArgon2(Argon2PasswordHasher):
    """Argon2id at the smallest setting that OWASP's cheat sheet on password storage lists with 19
    MiB: that much memory (in KiB), two passes, one lane. Whatever path a password takes, here it
    is hashed. Raises ``ServerBusy``."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1

    def encode(self, password: str, salt: str) -> Any:
        return gate.run(super().encode, password, salt)

    def verify(self, password: str, encoded: str) -> Any:
        return gate.run(super().verify, password, encoded)
