"""Rosters of any size in statements of a size that databases take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

BATCH: Final = 500

Item = TypeVar("Item")


def batches(items: Iterable[Item]) -> list[list[Item]]:
    """The items in lists of at most ``BATCH``."""
    everything = list(items)
    return [everything[start : start + BATCH] for start in range(0, len(everything), BATCH)]
