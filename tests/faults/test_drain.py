"""SIGTERM and SIGINT under load: everything acknowledged is saved, everybody hears 1012."""

from __future__ import annotations

import asyncio
import signal
import time

import pytest

from tests.faults.conftest import LONG, Measured
from tests.faults.harness.crowd import Crowd, until
from tests.faults.harness.site import Site
from tests.services.server import Kind

WAYS: list[tuple[Kind, signal.Signals]] = [
    ("daphne", signal.SIGTERM),
    ("uvicorn", signal.SIGINT),
    ("daphne", signal.SIGINT),
    ("uvicorn", signal.SIGTERM),
]


@pytest.mark.parametrize(("kind", "how"), WAYS if LONG else WAYS[:2])
async def test_a_stopping_server_takes_its_leave(
    site: Site, crowd: Crowd, measured: Measured, kind: Kind, how: signal.Signals
) -> None:
    server, next_server = site.server(kind, READERAI_DRAIN_SECONDS="10"), site.fork()
    async with crowd.reading(site, [server, next_server], 10, pace=0.05) as readers:
        await until(lambda: all(len(reader.journal.acknowledged) > 5 for reader in readers))
        asked = time.monotonic()
        server.signal(how)
        await asyncio.to_thread(server.wait, 30)
        took = time.monotonic() - asked
        await until(lambda: all(reader.journal.closes for reader in readers))
        assert [reader.journal.closes for reader in readers] == [[1012]] * len(readers)
        measured(f"{kind}, {how.name} under load", f"gone after {took:.1f} s, everybody got 1012")
    found = site.audit(crowd.journals)
    assert found.clean, found
    assert all(journal.errors == ["restarting"] for journal in crowd.journals), crowd.journals
