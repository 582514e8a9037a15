"""``serve [--demo]``: run the web server here, and say where it is."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, Final

from channels.routing import get_default_application
from daphne.server import Server
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from library.narration.chapters import unspoken

from ...live.process.process import live_process
from ...protocol.codec import MAX_FRAME_BYTES

#: A line on which nothing comes back is dead within both: the protocol allows 25 seconds.
PING_SECONDS: Final = 10
PONG_SECONDS: Final = 12


class Command(BaseCommand):
    help = "Serve ReaderAI on this machine, in the foreground."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument(
            "--demo", action="store_true", help="migrate and load the demo first, where needed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        silent = options["demo"] and self._set_up()
        greeting = f"ReaderAI is at http://{host}:{port} (stop with Ctrl-C)"
        server = Server(
            application=get_default_application(),
            endpoints=[f"tcp:port={port}:interface={host}"],
            http_timeout=None,
            websocket_handshake_timeout=10,
            application_close_timeout=20,
            ping_interval=PING_SECONDS,
            ping_timeout=PONG_SECONDS,
            websocket_max_message_size=MAX_FRAME_BYTES,
            websocket_max_frame_size=MAX_FRAME_BYTES,
            ready_callable=lambda: self._ready(greeting),
            verbosity=0,
        )
        with _narrating() if silent else nullcontext():
            server.run()

    def _set_up(self) -> bool:
        """In this process, and only what is missing: starting Python thrice takes seconds. Says
        whether books wait to be read aloud, which takes longer than all the rest."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)
        call_command("load_demo", no_narration=True, stdout=self.stdout)
        silent = unspoken().exists()
        connection.close()
        return silent

    def _ready(self, greeting: str) -> None:
        """What is done every so often begins before anybody has come. The loop is there by now, but
        does not run yet."""
        asyncio.get_event_loop().call_soon(live_process)
        self._say(greeting)

    def _say(self, greeting: str) -> None:
        self.stdout.write(self.style.SUCCESS(greeting))
        self.stdout.flush()


@contextmanager
def _narrating() -> Iterator[None]:
    """The demo's books are read aloud beside the server, for as long as it runs."""
    command = [
        sys.executable,
        str(settings.BASE_DIR / "manage.py"),
        "load_demo",
        "--only-narration",
    ]
    # A group of its own: it ends with its speech engines, and Ctrl-C is for the server alone.
    narrator = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(narrator.pid, signal.SIGTERM)
        narrator.wait()
