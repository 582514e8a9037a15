"""Words of one meaning: what a question says with one word, the book may say with another."""

from collections.abc import Mapping
from functools import cache

from library.language.lemmas import stem
from library.language.story_words import story_words

from ...types import Dictionary
from ..data import data_rows
from .passages import Passages, terms

_KIN_SHARE = 0.5
_MOST_KIN = 12


def weighted(
    question: str, passages: Passages, dictionary: Dictionary | None, background: str = ""
) -> Mapping[str, float]:
    """The terms of a question with how much each counts: 1 for its own words, less for words of
    the same meaning where the book has not the very word, least for the `background`, which is
    what was asked before."""
    own = list(dict.fromkeys(terms(question)))
    found = dict.fromkeys(own, 1.0)
    for term in own:
        if passages.has(term):
            continue
        near = set(_kin().get(term, ())) | _in_dictionary(question, term, dictionary)
        for other in sorted(near)[:_MOST_KIN]:
            if passages.has(other):
                found.setdefault(other, _KIN_SHARE)
    for term in terms(background):
        found.setdefault(term, 0.4)
    return found


def _in_dictionary(question: str, term: str, dictionary: Dictionary | None) -> set[str]:
    """The terms of the words that the dictionary has as related to the asked word."""
    word = next((word for word in question.split() if terms(word) == [term]), "")
    entry = dictionary.look_up(word) if dictionary is not None and word else None
    if entry is None:
        return set()
    related = " ".join(word for sense in entry.senses[:3] for word in sense.related_words)
    return set(terms(related))


@cache
def _kin() -> Mapping[str, frozenset[str]]:
    """Term -> terms of one meaning, by our own lists, both ways."""
    pairs: dict[str, set[str]] = {}
    for hard, _, easier in data_rows("easier.txt"):
        if " " not in easier:
            _join(pairs, stem(hard), stem(easier))
    for entry in story_words().values():
        for sense in entry.senses:
            for related in sense.related_words:
                if " " not in related:
                    _join(pairs, stem(entry.word), stem(related))
    return {term: frozenset(others) for term, others in pairs.items()}


def _join(pairs: dict[str, set[str]], one: str, other: str) -> None:
    pairs.setdefault(one, set()).add(other)
    pairs.setdefault(other, set()).add(one)
