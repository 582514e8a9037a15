"""`python -m bench.profiled FILE MODULE ARGUMENTS…`: run a server that can be profiled.

The first SIGUSR1 turns cProfile on, in the main thread and in whatever thread takes up work for an
executor; the second writes what was counted to FILE, as `pstats` reads it. Up to Python 3.11 each
thread has a profiler of its own; from 3.12 on only the main thread is seen.
"""

from __future__ import annotations

import contextlib
import cProfile
import marshal
import runpy
import signal
import sys
import threading
from concurrent.futures import thread as executor
from pathlib import Path
from types import CodeType
from typing import Any

Function = tuple[str, int, str]
#: Of one function: calls that were not from itself, all calls, own seconds, seconds in all.
Counts = tuple[int, int, float, float]


class Profiler:
    """cProfile in several threads."""

    def __init__(self) -> None:
        self.on = False
        self._here = threading.local()
        self._profiles: list[Any] = []

    def enable_here(self) -> None:
        """Count in this thread from now on."""
        if not getattr(self._here, "on", False):
            self._here.on = True
            profile = cProfile.Profile()
            with contextlib.suppress(ValueError):  # Python 3.12: another thread's is on
                profile.enable()
                self._profiles.append(profile)

    def disable(self) -> None:
        """Count no more in this thread, and begin nowhere else."""
        self.on = False
        for profile in self._profiles:
            profile.disable()

    def counted(self) -> dict[Function, Counts]:
        """What all threads have counted."""
        found: dict[Function, Counts] = {}
        for entry in (entry for profile in self._profiles for entry in profile.getstats()):
            name = _name(entry.code)
            calls, all_calls, own, total = found.get(name, (0, 0, 0.0, 0.0))
            found[name] = (
                calls + entry.callcount - entry.reccallcount,
                all_calls + entry.callcount,
                own + entry.inlinetime,
                total + entry.totaltime,
            )
        return found


def _name(code: CodeType | str) -> Function:
    if isinstance(code, str):
        return "", 0, code
    return code.co_filename, code.co_firstlineno, code.co_name


def watch_executors(profiler: Profiler) -> None:
    """Have every thread of an executor count, once the profiler is on."""
    run = executor._WorkItem.run  # noqa: SLF001 - there is no way from outside

    def run_counted(item: Any) -> None:
        if profiler.on:
            profiler.enable_here()
        run(item)

    executor._WorkItem.run = run_counted  # type: ignore[method-assign,assignment] # noqa: SLF001


def main() -> None:
    """Become the server."""
    file, module, *arguments = sys.argv[1:]
    profiler = Profiler()
    watch_executors(profiler)

    def on_signal(*_: object) -> None:
        if not profiler.on:
            profiler.on = True
            profiler.enable_here()
            return
        half_written = Path(file).with_suffix(".half")
        half_written.write_bytes(
            marshal.dumps({name: (*counts, {}) for name, counts in profiler.counted().items()})
        )
        half_written.rename(file)

    signal.signal(signal.SIGUSR1, on_signal)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
