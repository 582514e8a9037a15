"""What is read: books, their chapters, narration, checkpoints and glossaries."""

from .book import Book, Chapter
from .checkpoint import Checkpoint
from .glossary import GlossaryEntry
from .narration import Narration

__all__ = ["Book", "Chapter", "Checkpoint", "GlossaryEntry", "Narration"]
