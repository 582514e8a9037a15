"""An answer under way here, as far as it was shown to whoever is connected."""

from __future__ import annotations

import asyncio
from typing import Final

from ...domain.answers import Claim
from ...protocol import server
from ..lines import Lines

FRAME_SECONDS: Final = 0.05
MAX_ANSWER_CHARS: Final = 20_000


class ShownAnswer:
    """What was shown so far, and what is gathered to be shown: the first piece goes out at once,
    then at most one frame in ``FRAME_SECONDS``."""

    def __init__(self, claim: Claim, lines: Lines) -> None:
        self.claim = claim
        self.shown = ""
        self.next_index = 0
        self.saved_index = -1
        self.lost = False
        self._lines = lines
        self._gathered = ""
        self._shown_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def add(self, text: str) -> None:
        """Take the next piece; past ``MAX_ANSWER_CHARS`` it is left out."""
        if len(self.shown) + len(self._gathered) >= MAX_ANSWER_CHARS:
            return
        self._gathered += text
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._shown_at + FRAME_SECONDS - loop.time()
        if wait <= 0 or not self.next_index:
            self.show()
        else:
            self._timer = loop.call_later(wait, self.show)

    def restart(self) -> None:
        """What was shown is void."""
        self.stop()
        self.shown, self._gathered, self.next_index = "", "", 0

    def show(self) -> None:
        """Show what is gathered now."""
        self.stop()
        if not self._gathered:
            return
        text, self._gathered = self._gathered, ""
        payload = server.InterruptionDelta(self.claim.interruption_id, self.next_index, text)
        self.shown += text
        self.next_index += 1
        self._shown_at = asyncio.get_running_loop().time()
        line = self._lines.get(self.claim.session_id)
        if line is not None:
            reply_to = self.claim.client_id if self.claim.client == line.client else None
            line.push(payload, reply_to)

    def stop(self) -> None:
        """Show nothing by itself any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
