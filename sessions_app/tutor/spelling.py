"""What a child meant who wrote a word by its sound: "dorthy", "wickid", "chello"."""

from collections.abc import Iterable, Mapping

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
    near = [
        (slips + (other[0] != word[0]), -count, other)
        for other, count in known.items()
        if abs(len(other) - len(word)) <= most
        and len(other) >= _SHORTEST
        and other != word
        and (slips := _slips(word, other, most)) <= most
    ]
    near = [found for found in near if found[0] <= most]
    return min(near)[2] if near else None


def _slips(one: str, other: str, most: int) -> int:
    """Letters added, left out, changed or swapped between two words; `most + 1` for any more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        earlier, before, row = before, row, [place]
        for at, theirs in enumerate(other, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != theirs))
            if at > 1 and place > 1 and letter == other[at - 2] and one[place - 2] == theirs:
                cost = min(cost, earlier[at - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def spelled_out(word: str) -> str:
    """A word letter by letter: "c-a-t"."""
    return "-".join(letter for letter in word if letter.isalnum())


def names_of(entries: Iterable[str]) -> list[str]:
    """The single words of names and headwords, in lower case."""
    return [part.lower().strip(".") for entry in entries for part in entry.split()]
