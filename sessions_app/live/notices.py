"""What a server process tells the others after a commit: who moved, and what changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

from channels.layers import get_channel_layer

from .groups import SERVERS

log = logging.getLogger(__name__)

GATHER_SECONDS: Final = 0.5
RETRY_SECONDS: Final = 1.0
SEND_SECONDS: Final = 5.0
MAX_IDS: Final = 500

Changed = Callable[[frozenset[str]], None]


class Notices:
    """Sends and hears notices. ``changed`` ones are gathered for half a second."""

    def __init__(self, moved: Callable[[str, int], None]) -> None:
        self._heard_moved = moved
        self._heard_changed: set[Changed] = set()
        self._changed: set[str] = set()
        self._moved: dict[str, int] = {}
        self._sender: asyncio.Task[None] | None = None
        self._listener = asyncio.create_task(self._listen())

    def changed(self, session_id: str) -> None:
        self._changed.add(session_id)
        self._send_soon()

    def moved(self, session_id: str, owner: int) -> None:
        self._moved[session_id] = owner
        self._send_soon(at_once=True)

    def subscribe(self, heard: Changed) -> Callable[[], None]:
        """Have ``heard`` called with the ids of changed sessions; call the result to stop."""
        self._heard_changed.add(heard)
        return lambda: self._heard_changed.discard(heard)

    def _send_soon(self, *, at_once: bool = False) -> None:
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send(0 if at_once else GATHER_SECONDS))

    async def _send(self, delay: float) -> None:
        await asyncio.sleep(delay)
        while self._moved or self._changed:
            moved, self._moved = self._moved, {}
            changed = sorted(self._changed)[:MAX_IDS]
            self._changed.difference_update(changed)
            await self._group_send({"type": "sessions.notice", "moved": moved, "changed": changed})
            if self._changed:
                await asyncio.sleep(GATHER_SECONDS)

    async def _group_send(self, message: dict[str, Any]) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await layer.group_send(SERVERS, message)
        except Exception as failure:  # noqa: BLE001 - whatever the layer raises, it may lose this
            log.warning("a notice was not sent (%s)", type(failure).__name__)

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except Exception as failure:  # noqa: BLE001 - the layer comes back, or is not needed
                log.warning("notices cannot be heard (%s)", type(failure).__name__)
            await asyncio.sleep(RETRY_SECONDS)

    async def _hear(self) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        channel = await layer.new_channel()
        await layer.group_add(SERVERS, channel)
        while True:
            message = await layer.receive(channel)
            for session_id, owner in message.get("moved", {}).items():
                self._heard_moved(session_id, owner)
            changed = frozenset(message.get("changed", ()))
            if changed:
                for heard in list(self._heard_changed):
                    heard(changed)

    async def close(self) -> None:
        for task in (self._listener, self._sender):
            # A layer that is just connecting swallows a cancellation; the next one takes.
            while task is not None and not task.done():
                task.cancel()
                await asyncio.wait({task}, timeout=0.1)
