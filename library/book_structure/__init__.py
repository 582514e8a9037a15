"""A book's structure for the hot path: positions looked up without touching the database."""

from .cache import book_structure, forget_books
from .structure import BookStructure, CheckpointPlace
from .unread import UnreadBook

__all__ = [
    "BookStructure",
    "CheckpointPlace",
    "UnreadBook",
    "book_structure",
    "forget_books",
]
