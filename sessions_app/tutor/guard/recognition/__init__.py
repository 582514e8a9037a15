"""Recognising a child in trouble: `assess` is all that others need."""

from .assessing import about_own_life, assess

__all__ = ["about_own_life", "assess"]
