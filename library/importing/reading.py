"""Reading a book in a child process, which is ended where it takes too much."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
from django.conf import settings

from .child import BOOK, Job, Refusal, book_of_json
from .imported import ImportedBook, ImportProblem

#: The address space of the reading process: its libraries take 0.7 GiB of it.
MEMORY_MIB: Final = 2048
#: A book of ten hours' sound takes about ten minutes.
CPU_SECONDS: Final = 1800
LONGEST_SECONDS: Final = 3600
_REFUSED: Final = 1


@contextmanager
def book_in(path: Path, language: str = "") -> Iterator[ImportedBook]:
    """The book in ``path``, with its pictures and its sound while the context lasts.

    ``language`` (a BCP 47 tag) is what it is in, whatever it says itself. Raises
    ``ImportProblem`` with one clear line.
    """
    with TemporaryDirectory(prefix="readerai-") as folder:
        job = Job(
            path=os.fsencode(path),
            folder=folder,
            language=language,
            most_words=settings.READERAI_MAX_BOOK_WORDS,
            most_mib=settings.READERAI_MAX_BOOK_MIB,
            memory_mib=MEMORY_MIB,
            cpu_seconds=CPU_SECONDS,
        )
        yield _book_of(job)


def _book_of(job: Job) -> ImportedBook:
    status = _status_of(job)
    result = Path(job.folder, BOOK)
    if status == _REFUSED and result.exists():
        raise ImportProblem(msgspec.json.decode(result.read_bytes(), type=Refusal).reason)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        raise ImportProblem(f"reading it took more than {job.cpu_seconds // 60} minutes")
    if status != 0 or not result.exists():
        raise ImportProblem("it could not be read (reading it broke off)")
    return book_of_json(result.read_bytes())


def _status_of(job: Job) -> int:
    # Nothing of ours is passed on but the way to our own modules: no keys, no addresses.
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(settings.BASE_DIR),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUTF8": "1",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "library.importing.child"],
            input=msgspec.json.encode(job),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    return done.returncode
