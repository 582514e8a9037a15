"""What a child process of ours may use, said by the process itself before it begins."""

from __future__ import annotations

import os
import resource
from contextlib import suppress

_MIB = 1024 * 1024


def limit_process(
    *,
    cpu_seconds: float | None = None,
    memory_mib: int | None = None,
    file_mib: int | None = None,
) -> None:
    """Bound this process, and give way to others; without a number there is no bound.

    ``memory_mib`` bounds its address space, ``file_mib`` any one file that it writes. A system
    that knows no such bound (macOS has none for memory) has none.
    """
    os.nice(5)
    bounds = {
        resource.RLIMIT_CPU: None if cpu_seconds is None else max(1, int(cpu_seconds + 0.999)),
        resource.RLIMIT_AS: None if memory_mib is None else memory_mib * _MIB,
        resource.RLIMIT_FSIZE: None if file_mib is None else file_mib * _MIB,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in bounds.items():
        if most is not None:
            with suppress(OSError, ValueError):
                resource.setrlimit(kind, (most, most))
