"""The library in the admin."""

from . import books, chapters, questions

__all__ = ["books", "chapters", "questions"]
