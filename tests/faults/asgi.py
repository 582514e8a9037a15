"""The application, with one fault built in, for servers that tests start (see `faulty`).

READERAI_FAULT="die:MODULE:NAME:before|after" or "die:log:KIND:inside" kills this process with
SIGKILL at that point, once per READERAI_FAULT_MARK (a file that then exists); "freeze:KIND" stops
it with SIGSTOP while an entry of that kind is written and not committed. "early" acknowledges
progress before it is saved, "unfenced" lets stale sockets write: the controls that must be found
out. "clock:SECONDS" moves this process's clock; with "own clock:SECONDS" it goes by it, too.
"""

import functools
import os
import signal
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from readerai.asgi import application as application

MARK = Path(os.environ.get("READERAI_FAULT_MARK") or os.devnull)


def die() -> None:
    """End at once, the first time only."""
    try:
        MARK.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def die_around(module: str, name: str, when: str) -> None:
    """Replace a function by one that dies before or after its work."""
    owner: Any = import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    real: Callable[..., Any] = getattr(owner, last)

    @functools.wraps(real)
    def dying(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            die()
        result = real(*args, **kwargs)
        if when == "after":
            die()
        return result

    setattr(owner, last, dying)


def freeze() -> None:
    """Stand still, the first time only, as a machine does that is suspended."""
    try:
        MARK.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGSTOP)
    time.sleep(1)  # another thread may take the signal: this one must not commit before it stops


def in_transaction(kind: str, end: Callable[[], None]) -> None:
    """`end` when an entry of this kind is in the log and not committed."""
    from sessions_app.domain.locked import LockedSession

    real = LockedSession.save

    def dying(self: LockedSession, **kwargs: Any) -> None:
        ends_here = any(event.kind == kind for event in self._events)
        real(self, **kwargs)
        if ends_here:
            end()

    LockedSession.save = dying  # type: ignore[method-assign]


def acknowledge_early() -> None:
    """Tell clients that progress is saved, and save it seconds later: a lie."""
    import asyncio

    from sessions_app.domain.progress import Progress, Saved
    from sessions_app.live.progress_writer import ProgressWriter, Told

    real = ProgressWriter.put

    def put(self: ProgressWriter, progress: Progress, told: Told) -> None:
        told(progress, Saved(progress.word_index, progress.furthest, 0.0))
        asyncio.get_running_loop().call_later(3, real, self, progress, lambda *_: None)

    ProgressWriter.put = put  # type: ignore[method-assign]


def unfence() -> None:
    """Let every socket that was ever opened write: the control of the races."""
    from sessions_app.domain import presence, progress
    from sessions_app.live.process import LiveProcess

    real: Any = progress._apply

    def apply(session: Any, item: Any, now: Any) -> Any:
        item.owner = session.owner
        return real(session, item, now)

    def register(self: Any, connection: Any) -> bool:
        self._connections[connection.session_id] = connection
        return True

    changed: Any = progress, presence, LiveProcess
    changed[0]._apply = apply
    changed[1].lost = lambda **_: {}
    changed[2].register = register
    changed[2]._moved = lambda *_: None


def move_clock(seconds: float) -> None:
    """What this server takes for the time is `seconds` off."""
    import datetime as dt

    from django.utils import timezone

    now, real_time = timezone.now, time.time
    timezone.now = lambda: now() + dt.timedelta(seconds=seconds)
    time.time = lambda: real_time() + seconds


def go_by_own_clock() -> None:
    """Take this process's clock for the one that all servers share: the control of the clocks."""
    from types import SimpleNamespace

    from readerai import clock

    here: Any = clock
    here.connection = SimpleNamespace(vendor="none")


def build_in(fault: str) -> None:
    """Build a fault in, as the environment asks for it."""
    kind, *rest = fault.split(":")
    if kind == "die" and rest[0] == "log":
        in_transaction(rest[1], die)
    elif kind == "freeze":
        in_transaction(rest[0], freeze)
    elif kind == "die":
        die_around(*rest)
    elif kind == "early":
        acknowledge_early()
    elif kind == "unfenced":
        unfence()
    elif kind in {"clock", "own clock"}:
        move_clock(float(rest[0]))
        if kind == "own clock":
            go_by_own_clock()


build_in(os.environ.get("READERAI_FAULT", ""))
