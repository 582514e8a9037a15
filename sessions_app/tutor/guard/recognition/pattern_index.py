"""Which of hundreds of patterns a text's words leave worth trying."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Generic, TypeVar

from .patterns import Pattern
from .sentences import TaggedWords

T = TypeVar("T")


class PatternIndex(Generic[T]):
    """Things with a pattern, found by a sign that no matching text lacks.

    Each stands under one part of what its pattern needs: the part whose signs the fewest
    patterns need, so that "not" and "you" lead to few.
    """

    def __init__(self, things: Iterable[T], pattern_of: Callable[[T], Pattern]) -> None:
        self._things = [(thing, pattern_of(thing)) for thing in things]
        count = Counter(
            chain.from_iterable(chain.from_iterable(pattern.needed) for _, pattern in self._things)
        )
        self._unsigned: list[int] = []
        self._under: dict[str, list[int]] = {}
        for number, (_, pattern) in enumerate(self._things):
            if not pattern.needed:
                self._unsigned.append(number)
                continue
            key = min(pattern.needed, key=lambda signs: sum(count[sign] for sign in signs))
            for sign in key:
                self._under.setdefault(sign, []).append(number)

    def matching(self, tagged: TaggedWords) -> Iterator[T]:
        """The things whose pattern matches, in the order they were given in."""
        numbers = set(self._unsigned)
        for sign in tagged.signs & self._under.keys():
            numbers.update(self._under[sign])
        for number in sorted(numbers):
            thing, pattern = self._things[number]
            if pattern.matches(tagged):
                yield thing
