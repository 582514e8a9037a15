"""From a child's words to what is asked, and about what."""

from .intent import Intent, Topic
from .questions import understand

__all__ = ["Intent", "Topic", "understand"]
