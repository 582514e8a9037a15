"""What a model wrote, held against the book, the child and what is never said, before it shows.

`sentences` hands a stream on sentence by sentence; `answer` says what is wrong with one.
"""

from .answer import AnswerCheck, Miss, MissKind
from .sentences import SentenceBuffer

__all__ = ["AnswerCheck", "Miss", "MissKind", "SentenceBuffer"]
