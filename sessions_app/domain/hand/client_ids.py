"""Which message ids of each client are committed: what makes a resent message count once.

Kept on the session row as text, a client a line: ``name=1-41,43;42`` says that 1 to 41 and 43 of
``name`` are committed and that 42 arrived and was not (the database failed just then). A gap
without a mark never arrived. Clients count 1, 2, 3, so the text stays a few bytes long; one that
leaves gaps everywhere gets its oldest gaps closed beyond ``MAX_RANGES``. The unnamed client's name
is empty. The ``MAX_CLIENTS`` that spoke last are remembered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, Self

MAX_RANGES: Final = 256
MAX_CLIENTS: Final = 16


class CommittedIds:
    """A set of message ids as sorted, disjoint ranges, and the ids that were missed."""

    __slots__ = ("_missed", "_ranges")

    def __init__(self, ranges: Iterable[tuple[int, int]] = (), missed: Iterable[int] = ()) -> None:
        self._ranges = [list(pair) for pair in ranges]
        self._missed = set(missed)

    @classmethod
    def parse(cls, text: str) -> Self:
        ranges, _, missed = text.partition(";")
        pairs = (part.partition("-") for part in ranges.split(",") if part)
        return cls(
            ((int(first), int(last or first)) for first, _, last in pairs),
            (int(part) for part in missed.split(",") if part),
        )

    def __str__(self) -> str:
        if len(self._ranges) == 1 and not self._missed:
            [[first, last]] = self._ranges
            return str(first) if first == last else f"{first}-{last}"
        ranges = ",".join(
            str(first) if first == last else f"{first}-{last}" for first, last in self._ranges
        )
        missed = ",".join(map(str, sorted(self._missed)))
        return f"{ranges};{missed}" if missed else ranges

    def __contains__(self, message_id: int) -> bool:
        at = bisect_right(self._ranges, message_id, key=lambda pair: pair[0]) - 1
        return at >= 0 and message_id <= self._ranges[at][1]

    def add(self, message_id: int) -> None:
        """Mark an id as committed."""
        if self._ranges and self._ranges[-1][1] == message_id - 1 and not self._missed:
            self._ranges[-1][1] = message_id
            return
        self._missed.discard(message_id)
        if message_id in self:
            return
        at = bisect_right(self._ranges, message_id, key=lambda pair: pair[0])
        joins_before = at > 0 and self._ranges[at - 1][1] == message_id - 1
        joins_after = at < len(self._ranges) and self._ranges[at][0] == message_id + 1
        if joins_before and joins_after:
            self._ranges[at - 1][1] = self._ranges.pop(at)[1]
        elif joins_before:
            self._ranges[at - 1][1] = message_id
        elif joins_after:
            self._ranges[at][0] = message_id
        else:
            self._ranges.insert(at, [message_id, message_id])
        if len(self._ranges) > MAX_RANGES:
            self._close_oldest_gap()

    def miss(self, message_id: int) -> None:
        """Mark an id as arrived and not committed: ``last_id`` stays below it."""
        if message_id not in self:
            self._missed.add(message_id)
        if len(self._missed) > MAX_RANGES:
            self._missed.remove(max(self._missed))

    @property
    def last_id(self) -> int:
        """The highest id such that it and every id before it that arrived is committed; or 0."""
        limit = min(self._missed, default=None)
        if limit is None:
            return self._ranges[-1][1] if self._ranges else 0
        below = [last for first, last in self._ranges if first < limit]
        return min(below[-1], limit - 1) if below else 0

    def _close_oldest_gap(self) -> None:
        """One that holds a missed id stays: the client was told to send that again."""
        missed = sorted(self._missed)
        for at, (before, after) in enumerate(pairwise(self._ranges)):
            if bisect_right(missed, before[1]) == bisect_right(missed, after[0]):
                before[1] = after[1]
                del self._ranges[at + 1]
                return


class ClientIds:
    """The committed ids of every client of a session, the one that spoke last at the end."""

    __slots__ = ("_clients",)

    def __init__(self, clients: dict[str, CommittedIds] | None = None) -> None:
        self._clients = clients if clients is not None else {}

    @classmethod
    def parse(cls, text: str) -> Self:
        lines = (line.partition("=") for line in text.splitlines())
        return cls({name: CommittedIds.parse(ids) for name, _, ids in lines})

    def __str__(self) -> str:
        return "\n".join([f"{name}={ids}" for name, ids in self._clients.items()])

    def of(self, client: str) -> CommittedIds:
        """What is committed of one client, to look at."""
        return self._clients.get(client) or CommittedIds()

    def speaking(self, client: str) -> CommittedIds:
        """The same to add to: ``client`` is the one that speaks now."""
        if len(self._clients) == 1 and client in self._clients:
            return self._clients[client]
        ids = self._clients.pop(client, None) or CommittedIds()
        while len(self._clients) >= MAX_CLIENTS:
            del self._clients[next(iter(self._clients))]
        self._clients[client] = ids
        return ids
