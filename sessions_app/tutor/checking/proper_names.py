"""Names that belong to no story: days, countries, titles."""

from functools import cache

from .data import list_rows


def is_everybodys(name: str) -> bool:
    """Whether a name, in small letters, tells nothing of a book."""
    return name in _everybodys()


@cache
def _everybodys() -> frozenset[str]:
    return frozenset(word for words in list_rows("everybodys_names.txt") for word in words)
