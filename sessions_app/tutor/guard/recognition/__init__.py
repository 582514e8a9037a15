"""Recognising a child in trouble: `assess` is all that others need."""

from .assessing import about_own_life, assess
from .spelling import is_common_word

__all__ = ["about_own_life", "assess", "is_common_word"]
