"""Covers drawn from the book itself: a motif from its subjects, colours from its id, its title."""

from .cover import cover_svg

__all__ = ["cover_svg"]
