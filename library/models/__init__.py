"""What is read: books, their chapters, narration, checkpoints and glossaries; and reading lists."""

from .book import Book, Chapter
from .checkpoint import Checkpoint
from .glossary import GlossaryEntry
from .illustration import Illustration
from .narration import Narration
from .prepared_line import PreparedLine
from .pronunciation import Pronunciation
from .reading_list import ReadingList, ReadingListBook

__all__ = [
    "Book",
    "Chapter",
    "Checkpoint",
    "GlossaryEntry",
    "Illustration",
    "Narration",
    "PreparedLine",
    "Pronunciation",
    "ReadingList",
    "ReadingListBook",
]
