"""How far apart two spellings are: for children's words, which are often written by ear."""

from __future__ import annotations


def slips(one: str, other: str, most: int) -> int:
    """Letters added, left out, changed or swapped between two words; ``most + 1`` for any more.

    This is the optimal string alignment distance, given up as soon as it is over ``most``.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
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
