"""A child's private data: found, and struck out."""

from .finding import PersonalSpan, asks_for_private, find_personal, gives_contact
from .redaction import redact

__all__ = ["PersonalSpan", "asks_for_private", "find_personal", "gives_contact", "redact"]
