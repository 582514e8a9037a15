"""``serve``: run the web server here, and say where it is and who can sign in."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from daphne.server import Server
from django.core.management.base import BaseCommand

from readerai.accounts.models import User
from readerai.asgi import application

from ...protocol.codec import MAX_FRAME_BYTES


class Command(BaseCommand):
    help = "Serve ReaderAI on this machine, in the foreground."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        greeting = self._greeting(host, port)
        server = Server(
            application=application,
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

    def _greeting(self, host: str, port: int) -> str:
        lines = [self.style.SUCCESS(f"ReaderAI is at http://{host}:{port}")]
        if User.objects.filter(username="alice-123").exists():
            lines.append(
                "Sign in as alice-123 (a student), ms-rivera (a teacher) or admin (staff); "
                "the password is read-with-me. Stop with Ctrl-C."
            )
        return "\n".join(lines)

    def _say(self, greeting: str) -> None:
        self.stdout.write(greeting)
        self.stdout.flush()
