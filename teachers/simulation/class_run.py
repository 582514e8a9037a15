"""A class that reads at once, for demonstrations: over the public protocol, and nothing else."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass

import aiohttp

from ..simulated_children import CHILDREN
from .child import SimulatedChild
from .client import PATIENCE, RestClient, SimulationFailed
from .tally import SimulationTally


@dataclass(frozen=True)
class ClassRun:
    """Whose class reads for how many ``seconds``. ``password`` is everybody's, as in the demo."""

    url: str
    teacher: str
    class_id: str
    password: str
    children: int
    seconds: float
    seed: int


async def simulate(run: ClassRun) -> SimulationTally:
    """Let the class read; ends when the time is over. Raises ``SimulationFailed``."""
    tally, ways = SimulationTally(), list(CHILDREN)
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as http:
        students = (await _students(RestClient(http, run.url), run))[: run.children]
        deadline = asyncio.get_running_loop().time() + run.seconds

        async def read(number: int, student: str) -> None:
            way = ways[(run.seed + number) % len(ways)]
            child = SimulatedChild(student, way, random.Random(run.seed * 1000 + number), tally)
            rest = RestClient(http, run.url)
            await rest.sign_in(student, run.password)
            await child.read(rest, deadline)

        reading = [read(number, student) for number, student in enumerate(students)]
        outcomes = await asyncio.gather(*reading, return_exceptions=True)
    for student, outcome in zip(students, outcomes, strict=True):
        if isinstance(outcome, BaseException):
            tally.failures.append(f"{student}: {type(outcome).__name__} {outcome}".strip())
    return tally


async def _students(rest: RestClient, run: ClassRun) -> list[str]:
    await rest.sign_in(run.teacher, run.password)
    classroom = await rest.call("GET", f"/classes/{run.class_id}")
    students = [student["studentId"] for student in classroom["students"]]
    if not students:
        raise SimulationFailed(f"Nobody is in {run.class_id}.")
    return students
