"""What a server process says to others through the channel layer, and hears from them.

The process listens with one channel, which is in the group of each session that it holds and of
each class that is watched here. What it says goes out in order, one after the other, so that
nobody waits for the layer; the layer may lose every message.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from channels.layers import get_channel_layer

from readerai.logs import named

log = logging.getLogger(__name__)

GATHER_SECONDS: Final = 0.5
RETRY_SECONDS: Final = 1.0
SEND_SECONDS: Final = 5.0
MAX_WAITING: Final = 10_000

Notice = dict[str, Any]
Heard = Callable[[Notice], None]


class Notices:
    """``on(kind, heard)`` has ``heard`` called with every notice of that ``type``."""

    def __init__(self) -> None:
        self._heard: dict[str, set[Heard]] = {}
        self._groups: set[str] = set()
        self._gathered: dict[str, set[str]] = {}
        self._outbox: deque[tuple[str, str, Notice]] = deque(maxlen=MAX_WAITING)
        self._sender: asyncio.Task[None] | None = None
        self._gatherer: asyncio.Task[None] | None = None
        self._channel: str | None = None
        self._listener = asyncio.create_task(self._listen())

    def on(self, kind: str, heard: Heard) -> Callable[[], None]:
        """Call the result to stop."""
        self._heard.setdefault(kind, set()).add(heard)
        return lambda: self._heard[kind].discard(heard)

    def join(self, group: str) -> None:
        """Hear what is said in a group from now on."""
        self._groups.add(group)
        self._put("join", group, {})

    def leave(self, group: str) -> None:
        self._groups.discard(group)
        self._put("leave", group, {})

    def send(self, group: str, notice: Notice) -> None:
        self._put("send", group, notice)

    def gather(self, group: str, session_id: str) -> None:
        """Say in a class's group, within half a second, that a session of it changed."""
        self._gathered.setdefault(group, set()).add(session_id)
        if self._gatherer is None or self._gatherer.done():
            self._gatherer = asyncio.create_task(self._send_gathered())

    async def _send_gathered(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        gathered, self._gathered = self._gathered, {}
        for group, sessions in gathered.items():
            self.send(group, {"type": "class.changed", "sessions": sorted(sessions)})

    def _put(self, what: str, group: str, notice: Notice) -> None:
        self._outbox.append((what, group, notice))
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._work_off())

    async def _work_off(self) -> None:
        while self._outbox:
            what, group, notice = self._outbox.popleft()
            try:
                async with asyncio.timeout(SEND_SECONDS):
                    await self._do(what, group, notice)
            except Exception as failure:  # noqa: BLE001 - whatever the layer raises, it may lose this
                log.warning("a notice was not sent (%s)", named(failure))

    async def _do(self, what: str, group: str, notice: Notice) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        if what == "send":
            await layer.group_send(group, notice)
        elif self._channel is None:
            return  # every group is joined once there is a channel
        elif what == "join":
            await layer.group_add(group, self._channel)
        else:
            await layer.group_discard(group, self._channel)

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except Exception as failure:  # noqa: BLE001 - the layer comes back, or is not needed
                log.warning("notices cannot be heard (%s)", named(failure))
            self._channel = None
            await asyncio.sleep(RETRY_SECONDS)

    async def _hear(self) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        channel = await layer.new_channel()
        self._channel = channel
        for group in list(self._groups):
            await layer.group_add(group, channel)
        while True:
            notice = await layer.receive(channel)
            for heard in list(self._heard.get(notice.get("type", ""), ())):
                heard(notice)

    async def close(self) -> None:
        for task in (self._listener, self._sender, self._gatherer):
            # A layer that is just connecting swallows a cancellation; the next one takes.
            while task is not None and not task.done():
                task.cancel()
                await asyncio.wait({task}, timeout=0.1)
