"""What of a book goes into a prompt."""

from .choosing import BookSoFar, book_so_far

__all__ = ["BookSoFar", "book_so_far"]
