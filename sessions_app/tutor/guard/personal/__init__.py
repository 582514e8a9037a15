"""A child's private data: found, and struck out."""

from .finding import Found, asks_for_private, find_personal
from .redaction import redact

__all__ = ["Found", "asks_for_private", "find_personal", "redact"]
