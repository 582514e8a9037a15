"""The structures that a process used last, from any thread.

They are kept up to a bound in bytes; the database is asked only now and then whether a book, its
checkpoints or its narration changed.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace

from ..models import Book
from .loading import checkpoints_of, load_structure, narrations_of, notes_of, prepared_of
from .structure import BookStructure

CACHE_BYTES = 96 * 1024 * 1024
RECHECK_SECONDS = 20.0


def book_structure(book_id: int, content_hash: str | None = None) -> BookStructure:
    """The structure of the book with primary key ``book_id``.

    Pass ``content_hash`` where the row is at hand: another hash than the kept one loads anew.
    Raises ``Book.DoesNotExist``. What the admin changes is seen within ``RECHECK_SECONDS``.
    """
    return _cache.get(book_id, content_hash)


def forget_books() -> None:
    """Empty the cache, for tests and for commands that change books."""
    _cache.clear()


@dataclass
class _Kept:
    structure: BookStructure
    checked_at: float


class _Cache:
    """The structures used last, up to ``CACHE_BYTES`` (the newest one always stays)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._loading: dict[int, threading.Lock] = {}

    def get(self, book_id: int, content_hash: str | None) -> BookStructure:
        found = self._fresh(book_id, content_hash)
        if found is not None:
            return found
        with self._lock:
            loading = self._loading.setdefault(book_id, threading.Lock())
        # One thread loads; thirty children who open the same book wait for it.
        with loading:
            found = self._fresh(book_id, content_hash)
            if found is None:
                found = self._renewed(book_id)
            return found

    def _fresh(self, book_id: int, content_hash: str | None) -> BookStructure | None:
        with self._lock:
            kept = self._kept.get(book_id)
            if kept is None or time.monotonic() - kept.checked_at > RECHECK_SECONDS:
                return None
            if content_hash is not None and kept.structure.content_hash != content_hash:
                return None
            self._kept.move_to_end(book_id)
            return kept.structure

    def _renewed(self, book_id: int) -> BookStructure:
        try:
            book = Book.objects.get(pk=book_id)
        except Book.DoesNotExist:
            with self._lock:
                self._kept.pop(book_id, None)
                self._loading.pop(book_id, None)
            raise
        with self._lock:
            kept = self._kept.get(book_id)
        narrated = narrations_of(book_id)
        if (
            kept is not None
            and kept.structure.content_hash == book.content_hash
            and kept.structure.narrated == narrated
        ):
            structure = replace(
                kept.structure,
                checkpoints=checkpoints_of(book_id),
                notes=notes_of(book_id),
                prepared=prepared_of(book_id),
                title=book.title,
                author=book.author,
                language=book.language,
                level=book.level,
            )
        else:
            structure = load_structure(book, narrated)
        self._keep(structure)
        return structure

    def _keep(self, structure: BookStructure) -> None:
        with self._lock:
            self._kept[structure.book_id] = _Kept(structure, time.monotonic())
            self._kept.move_to_end(structure.book_id)
            while len(self._kept) > 1 and self._total() > CACHE_BYTES:
                gone, _ = self._kept.popitem(last=False)
                self._loading.pop(gone, None)

    def _total(self) -> int:
        return sum(kept.structure.size for kept in self._kept.values())

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


_cache = _Cache()
