"""A program of its own that reads one book: ``python -m library.importing.child``.

A file can be made so that reading it takes all of a machine. Here it takes what ``Job`` allows.
The job is read from standard input; the book is written as JSON to the job's folder, beside its
pictures and its sound. Exit status 0: there is a book; 1: there is a ``Refusal`` instead.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import msgspec
from django.conf import settings

from ..limits import limit_process
from .imported import ImportedBook, ImportProblem

BOOK = "book.json"


class Job(msgspec.Struct, frozen=True):
    """Which file to read, in which language, where to write, and how much that may take."""

    path: bytes
    folder: str
    language: str
    most_words: int
    most_mib: int
    memory_mib: int
    cpu_seconds: int


class Refusal(msgspec.Struct, frozen=True):
    reason: str


def as_json(value: ImportedBook | Refusal) -> bytes:
    return msgspec.json.encode(value, enc_hook=str)


def book_of_json(raw: bytes) -> ImportedBook:
    return msgspec.json.decode(raw, type=ImportedBook, dec_hook=lambda kind, said: kind(said))


def book_or_refusal(job: Job) -> ImportedBook | Refusal:
    """The book, or why there is none."""
    from .files import read_book

    try:
        return read_book(Path(os.fsdecode(job.path)), Path(job.folder), job.language)
    except ImportProblem as problem:
        return Refusal(" ".join(str(problem).split()))
    except MemoryError:
        return Refusal(f"reading it takes more than {job.memory_mib:,} MiB of memory")
    except (OSError, ValueError, LookupError, RecursionError, TypeError) as error:
        # A file can be broken in ways that nobody has thought of; its import says one line too.
        return Refusal(f"it could not be read ({type(error).__name__})")


def main() -> int:
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    limit_process(cpu_seconds=job.cpu_seconds, memory_mib=job.memory_mib, file_mib=4 * job.most_mib)
    settings.configure(READERAI_MAX_BOOK_WORDS=job.most_words, READERAI_MAX_BOOK_MIB=job.most_mib)
    result = book_or_refusal(job)
    Path(job.folder, BOOK).write_bytes(as_json(result))
    return int(isinstance(result, Refusal))


if __name__ == "__main__":
    sys.exit(main())
