"""A child's private data: found, and struck out."""

from .finding import PersonalSpan, asks_for_private, find_personal
from .redaction import redact

__all__ = ["PersonalSpan", "asks_for_private", "find_personal", "redact"]
