"""The inside of a speech process: jobs from standard input, answers to standard output.

Imports no Django. Every answer is one JSON object: the engine's own, with ``cpuSeconds``, or
``{"error", "broken"}``, in one line without the text.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

MEMORY_MIB = 1536
_IDLE_SECONDS = 900.0


class NoSuchVoice(Exception):
    """The engine has no voice of that name."""


class _TimeUsed(Exception):
    pass


def answer_jobs(run: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer jobs until there are no more, or none came for a while."""
    size = MEMORY_MIB * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    signal.signal(signal.SIGPROF, _time_used)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    # Engines print what they like: only answers go where answers are read.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while select.select([sys.stdin.buffer], [], [], _IDLE_SECONDS)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            break
        answers.write(json.dumps(_answer(run, json.loads(line))).encode() + b"\n")
        answers.flush()
    return 0


def _answer(run: Callable[[dict[str, Any]], dict[str, Any]], job: dict[str, Any]) -> dict[str, Any]:
    limit = job.pop("cpuSeconds", None)
    before = _cpu()
    if limit is not None:
        signal.setitimer(signal.ITIMER_PROF, max(1.0, limit))
    try:
        result = run(job)
    except _TimeUsed:
        return {"error": "the speech engine used up its time", "broken": False}
    except MemoryError:
        return {"error": "the speech engine used up its memory", "broken": True}
    except Exception as error:  # noqa: BLE001 (whatever an engine does, its parent is answered)
        # A message of its own may hold the text; ours say what is missing.
        said = str(error) if isinstance(error, NoSuchVoice) else "the speech engine broke off"
        return {"error": said, "broken": not isinstance(error, NoSuchVoice)}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return result | {"cpuSeconds": round(_cpu() - before, 3)}


def _time_used(signum: int, frame: FrameType | None) -> None:
    raise _TimeUsed


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
