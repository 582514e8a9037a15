"""The small language of rules.txt and figures.txt: compiled once, matched against tagged words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .sentences import END, TaggedWords, sign_of_list

_GAP = 3


@dataclass(frozen=True, slots=True)
class PatternItem:
    """One part of a pattern: lists and phrases that may stand there, or up to `gap` words."""

    lists: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    gap: int = 0
    optional: bool = False
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled line: `items` in order, and what must not stand in the text.

    Of each item in `needed` one list, or the first word of one phrase, stands in every text that
    matches: most texts are told by that alone to match few of hundreds of patterns.
    """

    text: str
    items: tuple[PatternItem, ...]
    needed: tuple[frozenset[str], ...]
    unless_lists: tuple[str, ...] = ()
    unless_words: tuple[str, ...] = ()

    def spans(self, tagged: TaggedWords) -> Iterator[tuple[int, int]]:
        """Where the pattern matches: begin and end, one for each begin."""
        if not self._may_match(tagged):
            return
        for at in range(len(tagged.words)):
            end = _match(self.items, 0, at, tagged)
            if end is not None:
                yield at, end

    def matches(self, tagged: TaggedWords) -> bool:
        """Whether it matches anywhere."""
        return next(self.spans(tagged), None) is not None

    def _may_match(self, tagged: TaggedWords) -> bool:
        for signs in self.needed:
            if signs.isdisjoint(tagged.signs):
                return False
        if not tagged.lists.isdisjoint(self.unless_lists):
            return False
        return not any(word in tagged.words for word in self.unless_words)


def compiled(line: str) -> Pattern:
    """One line of a rule file."""
    items: list[PatternItem] = []
    unless_lists: list[str] = []
    unless_words: list[str] = []
    for part in line.split():
        if part.startswith("-"):
            name = part[1:]
            (unless_lists if _is_list(name) else unless_words).append(name.lower())
        elif part in ("^", "$"):
            items.append(PatternItem(edge=part))
        elif part.startswith("~"):
            items.append(PatternItem(gap=int(part[1:] or _GAP)))
        else:
            items.append(_choice(part))
    needed = tuple(
        _signs_of(each) for each in items if not (each.gap or each.optional or each.edge)
    )
    return Pattern(line, tuple(items), needed, tuple(unless_lists), tuple(unless_words))


def _signs_of(item: PatternItem) -> frozenset[str]:
    return frozenset(map(sign_of_list, item.lists)) | {phrase[0] for phrase in item.phrases}


def _choice(part: str) -> PatternItem:
    optional = part.endswith("?")
    names = part.removesuffix("?").split("|")
    return PatternItem(
        lists=tuple(name.lower() for name in names if _is_list(name)),
        phrases=tuple(tuple(name.split("_")) for name in names if not _is_list(name)),
        optional=optional,
    )


def _is_list(name: str) -> bool:
    return re.fullmatch(r"[A-Z_]{2,}", name) is not None


def _match(items: tuple[PatternItem, ...], number: int, at: int, tagged: TaggedWords) -> int | None:
    """The end of the match of `items[number:]` from `at` on, or None."""
    if number == len(items):
        return at
    item, words = items[number], tagged.words
    if item.edge:
        fits = _at_begin(words, at) if item.edge == "^" else _at_end(words, at)
        return _match(items, number + 1, at, tagged) if fits else None
    if item.gap:
        return _match_gap(items, number, at, tagged)
    for end in _ends(item, at, tagged):
        found = _match(items, number + 1, end, tagged)
        if found is not None:
            return found
    return _match(items, number + 1, at, tagged) if item.optional else None


def _match_gap(
    items: tuple[PatternItem, ...], number: int, at: int, tagged: TaggedWords
) -> int | None:
    if number == len(items) - 1:  # a gap at the end takes all that it may
        end = at
        while end < len(tagged.words) and end - at < items[number].gap and tagged.words[end] != END:
            end += 1
        return end
    for skipped in range(items[number].gap + 1):
        found = _match(items, number + 1, at + skipped, tagged)
        if found is not None:
            return found
        if at + skipped >= len(tagged.words) or tagged.words[at + skipped] == END:
            return None
    return None


def _ends(item: PatternItem, at: int, tagged: TaggedWords) -> Iterator[int]:
    for name in item.lists:
        yield from tagged.ends(name, at)
    for phrase in item.phrases:
        if tagged.words[at : at + len(phrase)] == phrase:
            yield at + len(phrase)


def _at_begin(words: tuple[str, ...], at: int) -> bool:
    return at == 0 or words[at - 1] == END


def _at_end(words: tuple[str, ...], at: int) -> bool:
    return at == len(words) or words[at] == END
