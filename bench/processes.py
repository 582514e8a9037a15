"""What the kernel says of processes: their CPU time and memory, from /proc."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_TICKS: Final = float(os.sysconf("SC_CLK_TCK"))
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
#: Places in /proc/PID/stat after the program's name (proc(5) counts from 3).
_PARENT, _USER, _SYSTEM, _CHILDREN_USER, _CHILDREN_SYSTEM = 1, 11, 12, 13, 14


def cpu_seconds(*pids: int) -> float:
    """User and system time of these processes, with all their threads, so far."""
    fields = [_stat(pid) for pid in pids]
    return sum(int(each[_USER]) + int(each[_SYSTEM]) for each in fields) / _TICKS


def tree_cpu_seconds(pid: int) -> float:
    """The same of a process with its children, those that have ended too."""
    root = _stat(pid)
    ended = (int(root[_CHILDREN_USER]) + int(root[_CHILDREN_SYSTEM])) / _TICKS
    total = cpu_seconds(pid) + ended
    for child in _children(pid):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            total += cpu_seconds(child)
    return total


def resident_kib(*pids: int) -> float:
    """Resident memory, without what the kernel's socket buffers hold."""
    pages = (Path(f"/proc/{pid}/statm").read_text().split()[1] for pid in pids)
    return sum(map(int, pages)) * _PAGE / 1024


def busy_seconds(core: int) -> float:
    """How long a core has been busy, with anything, since the machine started."""
    for line in Path("/proc/stat").read_text().splitlines():
        name, *times = line.split()
        if name == f"cpu{core}":
            idle_and_waiting = int(times[3]) + int(times[4])
            return (sum(map(int, times[:8])) - idle_and_waiting) / _TICKS
    raise ValueError(f"no core {core}")


def _children(pid: int) -> Iterable[int]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                if int(_stat(int(folder.name))[_PARENT]) == pid:
                    yield int(folder.name)


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def pin_tree(pid: int, cores: Iterable[int]) -> None:
    """Let a process, its children and all their threads run on these cores only."""
    allowed = set(cores)
    for one in (pid, *_children(pid)):
        for thread in Path(f"/proc/{one}/task").iterdir():
            with contextlib.suppress(ProcessLookupError):
                os.sched_setaffinity(int(thread.name), allowed)
