"""The word lists as one dictionary: which words and phrases belong to which list."""

from functools import cache

from .. import data
from .inflection import english_forms, spanish_forms

#: phrase -> names of the lists it stands in.
Lexicon = dict[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """Every phrase of people.toml and actions.toml with the lists that hold it."""
    lists: dict[str, set[str]] = {}
    people = data.toml("people.toml")
    for name, entries in people.items():
        lists[name] = _with_others(entries, people)
    actions = data.toml("actions.toml")
    for name, entries in actions["words"].items():
        lists[name] = set(entries)
    for forms, verbs in (
        (english_forms, actions["verbs"]["en"]),
        (spanish_forms, actions["verbs"]["es"]),
    ):
        for name, entries in verbs.items():
            lists.setdefault(name, set()).update(*map(forms, entries))
    turned: dict[str, set[str]] = {}
    for name, phrases in lists.items():
        for phrase in phrases:
            turned.setdefault(phrase, set()).add(name)
    return {phrase: frozenset(names) for phrase, names in turned.items()}


@cache
def longest_after() -> dict[str, int]:
    """For each word that a phrase begins with, how many words the longest such phrase has."""
    longest: dict[str, int] = {}
    for phrase in lexicon():
        first, *rest = phrase.split()
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return longest


def _with_others(entries: list[str], people: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    for entry in entries:
        if entry.startswith("@"):
            found |= _with_others(people[entry[1:]], people)
        else:
            found.add(entry)
    return found
