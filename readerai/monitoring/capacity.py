"""How many live sessions this server process holds, and whether it takes another."""

from __future__ import annotations

from django.conf import settings


class Capacity:
    """Counts what is open. ``closed`` is set while the server takes its leave."""

    def __init__(self) -> None:
        self.live = 0
        self.closed = False

    @property
    def has_room(self) -> bool:
        return self.has_room_beside(0)

    def has_room_beside(self, opening: int) -> bool:
        """Whether there is room, counting those that are just being opened."""
        return not self.closed and self.live + opening < settings.READERAI_MAX_SESSIONS


here = Capacity()


def has_room() -> bool:
    return here.has_room
