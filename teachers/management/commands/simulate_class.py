"""Let a class of simulated children read, to look at the teachers' pages alive."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from teachers.simulation.class_run import ClassRun, simulate
from teachers.simulation.client import SimulationFailed


class Command(BaseCommand):
    help = (
        "Lets the children of a class read at once, over the public REST and WebSocket protocol"
        " of a running ReaderAI (the demo's people unless told otherwise), for a bounded time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="where it is served")
        parser.add_argument("--class", dest="class_id", default="room-12", help="the classId")
        parser.add_argument("--teacher", default="ms-rivera", help="who names the children")
        parser.add_argument("--password", default="read-with-me", help="everybody's password")
        parser.add_argument("--children", type=int, default=30, help="how many of them read")
        parser.add_argument("--seconds", type=float, default=300, help="for how long (to 3600)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed reads alike")

    def handle(self, *args: Any, **options: Any) -> None:
        run = ClassRun(
            url=options["url"].rstrip("/"),
            teacher=options["teacher"],
            class_id=options["class_id"],
            password=options["password"],
            children=max(1, options["children"]),
            seconds=min(3600.0, max(1.0, options["seconds"])),
            seed=options["seed"],
        )
        try:
            tally = asyncio.run(simulate(run))
        except SimulationFailed as failure:
            raise CommandError(str(failure)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped.") from None
        self.stdout.write(str(tally))
        if tally.failures:
            raise CommandError("\n".join(["Not everybody could read on:", *tally.failures]))
