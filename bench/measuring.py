"""The three loads, and what they say of one server."""

from __future__ import annotations

import asyncio
import os
import statistics
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bench.clients import Client

STUDENTS = 60
PACED_SECONDS = 8.0
RUSH_SECONDS = 6.0
ASKING = 20


@dataclass(frozen=True)
class Numbers:
    """Of one server; times in milliseconds, CPU in milliseconds per saved progress."""

    paced_p50: float
    paced_p99: float
    paced_cpu: float
    saved_per_second: float
    rush_cpu: float
    first_words_p50: float
    whole_answer_p50: float


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its threads so far."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / float(os.sysconf("SC_CLK_TCK"))


def percentile(values: list[float], which: int) -> float:
    """In milliseconds."""
    return statistics.quantiles(values, n=100)[which - 1] * 1000


async def measure(clients: list[Client], pid: int) -> Numbers:
    """Run the three loads one after the other."""
    cpu = cpu_seconds(pid)
    await asyncio.gather(*(client.pace(PACED_SECONDS, 1.0) for client in clients))
    paced = [wait for client in clients for wait in client.seen.waits]
    paced_cpu = (cpu_seconds(pid) - cpu) * 1000 / len(paced)

    before = sum(client.seen.answered for client in clients)
    cpu = cpu_seconds(pid)
    await asyncio.gather(*(client.rush(RUSH_SECONDS) for client in clients))
    saved = sum(client.seen.answered for client in clients) - before
    rush_cpu = (cpu_seconds(pid) - cpu) * 1000 / max(1, saved)
    await asyncio.sleep(3)

    await asyncio.gather(*(client.ask() for client in clients[:ASKING]))
    asking = clients[:ASKING]
    return Numbers(
        paced_p50=percentile(paced, 50),
        paced_p99=percentile(paced, 99),
        paced_cpu=paced_cpu,
        saved_per_second=saved / RUSH_SECONDS,
        rush_cpu=rush_cpu,
        first_words_p50=percentile([one for each in asking for one in each.seen.first_words], 50),
        whole_answer_p50=percentile(
            [one for each in asking for one in each.seen.whole_answers], 50
        ),
    )


async def connect(
    http: aiohttp.ClientSession, url: str, session_id: str, protocols: list[str]
) -> Client:
    """A client whose first frame has come."""
    socket = await http.ws_connect(
        f"{url.replace('http', 'ws', 1)}/ws/{session_id}", protocols=protocols, max_msg_size=0
    )
    await socket.receive()
    return Client(socket, session_id)
