"""What the parts of a live process are to one another.

A connection needs the process that holds it, the process its connections, and an answer both.
They meet here, so that each can be read (and imported) without the others.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Protocol

from readerai.accounts.models import SignIn, User
from readerai.capacity import Capacity

from ..domain.message_ids import CommittedIds
from ..domain.pace import Pace
from ..domain.queries import Opening
from ..protocol import server
from ..protocol.errors import Close
from ..tutor.types import Tutor
from .limits import Cooling
from .outbound import Transport
from .progress_writer import ProgressWriter


class Client(Protocol):
    """One child's live connection (``connection.Connection``)."""

    session_id: str
    sign_in: SignIn
    transport: Transport
    owner: int
    opening: Opening
    pace: Pace
    ids: CommittedIds
    missed: list[int]
    passed_over: list[int]
    answered_checkpoints: set[int]
    told_checkpoints: set[int]
    announced_checkpoints: set[int]
    active_at: float

    @property
    def process(self) -> Host: ...

    @property
    def user(self) -> User: ...

    def receive(self, frame: str | bytes | None) -> None: ...

    def push(self, payload: server.Payload, reply_to: int | None = None) -> None: ...

    def committed(self, message_id: int | None) -> None: ...

    def stalled(self, now: float) -> bool: ...

    def spawn(self, work: Coroutine[Any, Any, None]) -> None: ...

    def close_soon(self, code: Close) -> None: ...

    async def close(self, code: Close) -> None: ...


class Answers(Protocol):
    """The answers that a process is giving (``answering.Answering``)."""

    def begin(
        self, interruption_id: str, *, attempt: int | None = None, session_id: str = ""
    ) -> None: ...

    def stop(self, interruption_id: str) -> None: ...

    def stop_session(self, session_id: str) -> None: ...

    def with_text_so_far(self, restored: server.SessionRestored) -> server.SessionRestored: ...

    def watch(self, connection: Client, opened: server.OpenInterruption) -> None: ...

    def watch_for_end(
        self, session_id: str, interruption_id: str, shown: str = "", next_index: int = 0
    ) -> None: ...


class Host(Protocol):
    """One server process (``process.LiveProcess``)."""

    server_id: str
    capacity: Capacity
    writer: ProgressWriter
    cooling: Cooling
    tutor: Tutor
    opening: int

    @property
    def answering(self) -> Answers: ...

    def connection(self, session_id: str) -> Client | None: ...

    def no_room_for(self, session_id: str) -> Close | None: ...

    def register(self, connection: Client) -> bool: ...

    def unregister(self, connection: Client) -> None: ...

    def changed(self, session_id: str) -> None: ...

    def spawn(self, work: Coroutine[Any, Any, None]) -> None: ...
