"""A book's structure for the hot path: positions looked up without touching the database."""

from .cache import book_structure, forget_books
from .structure import BookStructure, CheckpointPlace

__all__ = [
    "BookStructure",
    "CheckpointPlace",
    "book_structure",
    "forget_books",
]
