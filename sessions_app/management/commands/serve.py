"""``serve [--demo]``: run the web server here, and say where it is."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from channels.routing import get_default_application
from daphne.server import Server
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ...protocol.codec import MAX_FRAME_BYTES


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
        if options["demo"]:
            self._set_up()
        greeting = f"ReaderAI is at http://{host}:{port} (stop with Ctrl-C)"
        server = Server(
            application=get_default_application(),
            endpoints=[f"tcp:port={port}:interface={host}"],
            http_timeout=None,
            websocket_handshake_timeout=10,
            application_close_timeout=20,
            websocket_max_message_size=MAX_FRAME_BYTES,
            websocket_max_frame_size=MAX_FRAME_BYTES,
            ready_callable=lambda: self._say(greeting),
            verbosity=0,
        )
        server.run()

    def _set_up(self) -> None:
        """In this process, and only what is missing: starting Python thrice takes seconds."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)
        call_command("load_demo", stdout=self.stdout)
        connection.close()

    def _say(self, greeting: str) -> None:
        self.stdout.write(self.style.SUCCESS(greeting))
        self.stdout.flush()
