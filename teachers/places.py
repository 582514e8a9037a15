"""Where in their books children are: chapters and passages, for few queries."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from library.models import Chapter


@dataclass(frozen=True)
class Contents:
    """The chapters of one book: where each begins, and its title."""

    starts: list[int] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def chapter_number(self, word: int) -> int:
        """From 1; the chapter that ``word`` is in."""
        return max(1, bisect_right(self.starts, word))

    def place(self, word: int) -> str:
        """``Ch. 3`` in a book of several chapters, nothing in one that is one piece."""
        return f"Ch. {self.chapter_number(word)}" if len(self.starts) > 1 else ""

    def title(self, word: int) -> str:
        if len(self.starts) < 2:
            return ""
        return self.titles[self.chapter_number(word) - 1]


def contents_of(books: Iterable[int]) -> dict[int, Contents]:
    """The contents of these books by primary key: one query, no text."""
    found: dict[int, Contents] = {}
    rows = Chapter.objects.filter(book__in=set(books)).order_by("book", "index")
    for book, first, title in rows.values_list("book_id", "first_word_index", "title"):
        contents = found.setdefault(book, Contents())
        contents.starts.append(first)
        contents.titles.append(title)
    return found
