"""Speech processes: engines run in child processes that stay for the next job.

A process is given one job at a time, as a line of JSON, and answers with a line. It has limits
of its own (``serving.py``), knows no keys and no addresses, and ends by itself when it had
nothing to do for a while or when its parent is gone.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from django.conf import settings

from ..spoken import Speech, SpeechBroken, SpeechProblem

_LONGEST_SECONDS = 900.0
_MOST_PROCESSES = 8


def core_count() -> int:
    """How many cores we may use; where the system does not say (macOS), how many there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class SpeechProcesses:
    """The processes of one engine: one a core at most, started when they are needed."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._idle: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(min(_MOST_PROCESSES, core_count()))
        atexit.register(self.close)

    def speak(self, job: dict[str, Any], *, cpu_seconds: float | None = None) -> Speech:
        """What the engine spoke for ``job``. Raises ``SpeechProblem``."""
        limit = _LONGEST_SECONDS if cpu_seconds is None else cpu_seconds * 4 + 10
        line = json.dumps(job | {"cpuSeconds": cpu_seconds}).encode() + b"\n"
        with self._places:
            with self._lock:
                process = self._idle.pop() if self._idle else None
            # One that waited may have ended meanwhile: that is no answer yet.
            answer = b"" if process is None else _ask(process, line, limit)
            if not answer:
                process = self._start()
                answer = _ask(process, line, limit)
            if not answer or process is None:
                raise SpeechBroken("the speech engine broke off")
            with self._lock:
                self._idle.append(process)
        result: dict[str, Any] = json.loads(answer)
        if "error" in result:
            raise (SpeechBroken if result["broken"] else SpeechProblem)(str(result["error"]))
        return Speech(
            duration_ms=result["durationMs"],
            word_starts_ms=result["wordStartsMs"],
            timing_source="engine",
            cpu_seconds=result["cpuSeconds"],
        )

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            _end(process)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(settings.BASE_DIR),
            "PYTHONIOENCODING": "utf-8",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
        }
        return subprocess.Popen(
            [sys.executable, "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What an engine prints may hold the text: nobody is shown it.
            stderr=subprocess.DEVNULL,
            env=environment,
        )


def _ask(process: subprocess.Popen[bytes], line: bytes, seconds: float) -> bytes:
    """The process's line in answer; empty where it has ended, as it is made to when it takes
    longer than ``seconds``."""
    assert process.stdin is not None
    assert process.stdout is not None
    timer = threading.Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        process.stdin.write(line)
        process.stdin.flush()
        answer: bytes = process.stdout.readline()
    except (BrokenPipeError, ValueError):
        answer = b""
    finally:
        timer.cancel()
    if not answer.endswith(b"\n"):
        _end(process)
        return b""
    return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
