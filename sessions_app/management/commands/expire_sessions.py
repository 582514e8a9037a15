"""``expire_sessions [--loop]``: look after the sessions that nobody is connected to; in the loop
also write the logs' anchors hourly, and keep to the retention schedule daily."""

from __future__ import annotations

import asyncio
import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...live.process import rounds
from ...live.process.housekeeping import Housekeeping


class Command(BaseCommand):
    help = "Pause idle sessions, finish orphaned answers, release dead slots."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until told to stop")
        parser.add_argument("--every", type=float, default=5.0, help="seconds between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(self._run(loop=options["loop"], every=options["every"]))

    async def _run(self, *, loop: bool, every: float) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        housekeeping = Housekeeping()
        others = rounds.begin_rounds() if loop else []
        if not loop:
            await asyncio.to_thread(rounds.run_all)
        while not stop.is_set():
            done = await housekeeping.round()
            if loop:
                for sentence in await housekeeping.upkeep():
                    self.stdout.write(sentence)
            if done.anything or not loop:
                self.stdout.write(
                    f"{done.paused} paused, {done.answered} answers finished, "
                    f"{done.released} slots released"
                )
            if not loop:
                break
            try:
                async with asyncio.timeout(every):
                    await stop.wait()
            except TimeoutError:
                continue
        for task in others:
            task.cancel()
        await housekeeping.close()
