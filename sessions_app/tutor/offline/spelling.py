"""What a child meant who wrote a word by its sound: "dorthy", "wickid", "chello"."""

from collections.abc import Iterable, Mapping

from library.language.spelling import slips

_SHORTEST = 4
_SURE_LENGTH = 6


def meant(word: str, known: Mapping[str, int]) -> str | None:
    """The word of `known` (word -> how often it was read) that is nearest to `word`, if any is.

    One slip is forgiven in a short word, two in a long one; a word of fewer than four letters
    could be too many others.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    most = 1 if len(word) < _SURE_LENGTH else 2
    letters = set(word)
    near = [
        (apart + (other[0] != word[0]), -count, other)
        for other, count in known.items()
        if len(other) >= _SHORTEST and other != word and abs(len(other) - len(word)) <= most
        # Counting letters is far quicker than comparing spellings, and leaves out nearly all.
        if len(letters.difference(other)) <= most and len(set(other) - letters) <= most
        if (apart := slips(word, other, most)) <= most
    ]
    near = [found for found in near if found[0] <= most]
    return min(near)[2] if near else None


def spelled_out(word: str) -> str:
    """A word letter by letter: "c-a-t"."""
    return "-".join(letter for letter in word if letter.isalnum())


def names_of(entries: Iterable[str]) -> list[str]:
    """The single words of names and headwords, in lower case."""
    return [part.lower().strip(".") for entry in entries for part in entry.split()]
