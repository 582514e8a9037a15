"""Books' tables of contents: which chapter a word is in, for one query whatever the books."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from library.models import Chapter


@dataclass(frozen=True)
class TableOfContents:
    """The chapters of one book: where each begins."""

    starts: list[int] = field(default_factory=list)

    def chapter_number(self, word: int) -> int:
        """From 1; the chapter that ``word`` is in."""
        return max(1, bisect_right(self.starts, word))

    def chapter_label(self, word: int) -> str:
        """``Ch. 3`` in a book of several chapters, nothing in one that is one piece."""
        return f"Ch. {self.chapter_number(word)}" if len(self.starts) > 1 else ""


def tables_of_contents(books: Iterable[int]) -> dict[int, TableOfContents]:
    """The table of contents of each of these books (primary keys)."""
    contents: dict[int, TableOfContents] = defaultdict(TableOfContents)
    rows = Chapter.objects.filter(book__in=set(books)).order_by("book", "index")
    for book, first_word in rows.values_list("book_id", "first_word_index"):
        contents[book].starts.append(first_word)
    return contents
