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
from collections.abc import Callable, Sequence
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
    from sessions_app.domain.hand import commit as commits

    real = commits.save_logs

    def dying(taken: Sequence[commits.Snapshot]) -> None:
        real(taken)
        if any(event.kind == kind for each in taken for event in each.events):
            end()

    commits.save_logs = dying


def acknowledge_early() -> None:
    """Tell clients that progress is saved, and save it seconds later: a lie."""
    import asyncio

    from sessions_app.live.line import Line
    from sessions_app.live.saving.batch import Batch
    from sessions_app.messages.playhead import progress_saved

    real = Batch.add

    def add(self: Batch, line: Line) -> None:
        line.acknowledge(line.hand.unsaved, progress_saved(line.hand))
        asyncio.get_running_loop().call_later(3, real, self, line)

    Batch.add = add  # type: ignore[method-assign]


def unfence() -> None:
    """Let every socket that was ever opened write: the control of the races."""
    from sessions_app.domain.hand import commit, saving
    from sessions_app.domain.presence import presence
    from sessions_app.live.lines import Lines
    from sessions_app.live.process.process import LiveProcess

    def register(self: Any, line: Any) -> bool:
        self._lines[line.session_id] = line
        return True

    changed: Any = commit, saving, presence, Lines, LiveProcess
    for module, name in ((commit, "_UPDATE"), (saving, "_ONE"), (saving, "_POSTGRESQL")):
        fenced = getattr(module, name)
        for fence in ("owner = %s AND version = %s", "s.owner = v.owner AND s.version = v.version"):
            loose = fence.replace("owner = %s", "%s >= 0").replace("version = %s", "%s >= 0")
            loose = "true" if loose == fence else loose
            fenced = fenced.replace(fence, loose)
        setattr(module, name, fenced)
    # The log's own numbers would give the second writer away.
    changed[0].save_logs = changed[1].save_logs = lambda taken: None
    changed[2].lost = lambda **_: {}
    changed[3].register = register
    changed[4]._moved = lambda *_: None


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
    here.SharedClock.measure = lambda self: None


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
