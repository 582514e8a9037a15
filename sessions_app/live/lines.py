"""The lines of this process, by session, and who hears that a session changed."""

from __future__ import annotations

from weakref import WeakValueDictionary

from readerai.monitoring.capacity import Capacity

from ..domain.hand.changes import StudentClock
from ..protocol.errors import Close
from .groups import class_group, session_group
from .line import Line
from .notices import Notices


class Lines:
    """At most one line a session; ``opening`` are those that are just being opened."""

    def __init__(self, capacity: Capacity, notices: Notices) -> None:
        self.capacity = capacity
        self.opening = 0
        self._notices = notices
        self._lines: dict[str, Line] = {}
        self._clocks: WeakValueDictionary[int, StudentClock] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._lines)

    def get(self, session_id: str) -> Line | None:
        return self._lines.get(session_id)

    def all(self) -> list[Line]:
        return list(self._lines.values())

    def no_room_for(self, session_id: str) -> Close | None:
        """Why no line can be opened now, or None. One that replaces another needs no room of its
        own."""
        if self.capacity.closed:
            return Close.RESTARTING
        if session_id in self._lines:
            return None
        return None if self.capacity.has_room_beside(self.opening) else Close.FULL

    def student_clock(self, student_id: int) -> StudentClock:
        """One clock for all sessions of a child that are open here."""
        return self._clocks.setdefault(student_id, StudentClock())

    def register(self, line: Line) -> bool:
        """Make ``line`` its session's; False where a newer one is already."""
        before, owner = self._lines.get(line.session_id), line.hand.row.owner
        if before is not None and before.hand.row.owner > owner:
            return False
        self._lines[line.session_id] = line
        self.capacity.live = len(self._lines)
        group = session_group(line.session_id)
        if before is not None:
            before.close_soon(Close.TAKEN_OVER)
        else:
            self._notices.join(group)
        # Whoever else has the session learns that it is here now.
        moved = {"type": "session.moved", "session": line.session_id, "owner": owner}
        self._notices.send(group, moved)
        self.changed(line)
        return True

    def unregister(self, line: Line) -> None:
        if self._lines.get(line.session_id) is line:
            del self._lines[line.session_id]
            self.capacity.live = len(self._lines)
            self._notices.leave(session_group(line.session_id))

    def changed(self, line: Line) -> None:
        """Let the feeds of the child's classes know, soon, that a session is worth a look."""
        for classroom in line.classes:
            self._notices.gather(class_group(classroom), line.session_id)
