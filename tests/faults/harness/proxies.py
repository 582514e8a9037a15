"""nginx and Caddy, each with its documented configuration, in front of servers of a test."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from tests.faults.harness.site import Address
from tests.services.process import Guarded, free_port, listens, temporary_folder
from tests.services.server import ROOT

DOCUMENTED = ROOT / "docs/how-to/deploy"
Kind = Literal["nginx", "caddy"]


class Proxy:
    """A running proxy, where clients find the servers."""

    def __init__(self, kind: Kind, servers: Sequence[Address]) -> None:
        self.port = free_port()
        self._folder = temporary_folder(kind)
        start = _nginx if kind == "nginx" else _caddy
        command = start(self._folder, self.port, servers)
        self._run = Guarded(
            [shutil.which(kind) or f"/usr/sbin/{kind}", *command],
            log=self._folder / f"{kind}.log",
            stop_signal=signal.SIGTERM,
            remove=self._folder,
            environment={
                "PATH": os.environ["PATH"],
                "HOME": str(self._folder),
                "XDG_DATA_HOME": str(self._folder),
                "XDG_CONFIG_HOME": str(self._folder),
            },
        )
        self._run.wait_for(lambda: listens(self.port), f"{kind} accepting connections")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def websocket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._run.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def _nginx(folder: Path, port: int, servers: Sequence[Address]) -> list[str]:
    """The documented file, with these addresses and without the certificate."""
    text = _addressed((DOCUMENTED / "nginx.conf").read_text(), servers)
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    text = re.sub(r"^\s*ssl_certificate.*$", "", text, flags=re.MULTILINE)
    file = folder / "nginx.conf"
    file.write_text(
        f"pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;\n"
        f"events {{}}\nhttp {{ access_log off; client_body_temp_path {folder};\n"
        f"proxy_temp_path {folder};\n{text}}}\n"
    )
    return ["-p", str(folder), "-c", str(file)]


def _caddy(folder: Path, port: int, servers: Sequence[Address]) -> list[str]:
    text = _addressed((DOCUMENTED / "Caddyfile").read_text(), servers)
    text = text.replace("READING.EXAMPLE.ORG", f"http://127.0.0.1:{port}")
    file = folder / "Caddyfile"
    file.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}")
    return ["run", "--adapter", "caddyfile", "--config", str(file)]


def _addressed(text: str, servers: Sequence[Address]) -> str:
    """The documented addresses replaced by those of `servers`, in order."""
    for at, server in enumerate(servers, start=1):
        text = text.replace(f"10.0.0.1{at}:8000", server.url.removeprefix("http://"))
    return text
