"""Where a server's time goes: `python -m bench.profile position|question|open`.

    python -m bench.profile position                        # ReaderAI under uvicorn
    python -m bench.profile question --server daphne --seconds 20
    python -m bench.profile open --application stock --top 60 --keep /tmp/open.pstats

Starts what `make bench` starts, puts one kind of load on one server, and once it is warm counts
with cProfile in its main thread and in those of its executors (`bench.profiled`).

- `position`: 300 children, one position a second each, no questions.
- `question`: 100 children, each asks once in ten seconds (ten a second in all), no positions.
- `open`: sessions are opened one after the other, and left: threads do not wait for each other.

Prints three tables, for one position, question or session: *own* time (in functions themselves) by
package, own time by function, and time *with what it calls*. Calls of a coroutine are its
resumptions. Times are by the clock, and what only waits (`WAITING`) is left out of the sum that
shares are of: a function that waits inside may have more than all of it. cProfile makes everything
slower, many small functions most of all: read shares and calls, and take microseconds from `make
bench`. Rows marked `*` are of this project. `--keep` writes a file for `python -m pstats` or
snakeviz. It speaks only the wire contract, so it works the same on any engine.
"""

from __future__ import annotations

import argparse
import asyncio
import marshal
import os
import re
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import aiohttp
import uvloop

from bench.load import Crowd
from bench.profiled import Counts, Function
from bench.serving import APPLICATIONS, serve
from bench.site import Site, site
from tests.services.process import wait_until
from tests.services.server import ROOT

CHILDREN: Final = {"position": 300, "question": 100, "open": 0}
QUESTION_EVERY: Final = 10.0
#: Path and name of what waits for the network, the database, a lock, work or the clock.
WAITING: Final = re.compile(
    r"'(?:acquire|poll|select|wait|sleep|run_until_complete|run_forever)'"
    r"|'get' of '_queue|built-in method (?:time\.sleep|select\.)|psycopg/connection\.py wait$"
)
_WARM_SECONDS: Final = 3


def read_profile(file: Path) -> dict[Function, Counts]:
    """A profile, without what only waits."""
    counted: dict[Function, Counts] = {
        name: counts[:4]
        for name, counts in marshal.loads(file.read_bytes()).items()  # noqa: S302 - our own
    }
    return {
        name: counts
        for name, counts in counted.items()
        if not WAITING.search(f"{name[0]} {name[2]}")
    }


def function_table(counted: Mapping[Function, Counts], units: int, top: int, *, own: bool) -> str:
    """The functions that took most, for one of `units`."""
    which = 2 if own else 3
    in_all = sum(counts[2] for counts in counted.values())
    lines = [f"{'share':>6} {'µs':>9} {'calls':>8}"]
    for name in sorted(counted, key=lambda name: -counted[name][which])[:top]:
        counts = counted[name]
        lines.append(
            f"{counts[which] / in_all:6.1%} {counts[which] / units * 1e6:9.1f} "
            f"{counts[1] / units:8.2f} {_place(name)}"
        )
    return "\n".join(lines)


def by_package(counted: Mapping[Function, Counts], units: int) -> str:
    """Own time by what the functions belong to."""
    shares: dict[str, float] = {}
    for name, counts in counted.items():
        package = _package(name)
        shares[package] = shares.get(package, 0.0) + counts[2]
    in_all = sum(shares.values())
    lines = [f"{'share':>6} {'µs':>9}"]
    for package, seconds in sorted(shares.items(), key=lambda item: -item[1]):
        lines.append(f"{seconds / in_all:6.1%} {seconds / units * 1e6:9.1f} {package}")
    return "\n".join(lines)


def _package(name: Function) -> str:
    """The installed package, our own app, or where else a function comes from."""
    path = name[0]
    if "site-packages/" in path:
        return path.rpartition("site-packages/")[2].partition("/")[0]
    if path.startswith(f"{ROOT}/"):
        return "/".join(path.removeprefix(f"{ROOT}/").split("/")[:2])
    return "Python's library" if path else "C code"


def _place(name: Function) -> str:
    """A function as one line: whether it is ours, where, and its name."""
    path, line, function = name
    if not path:
        return f"  {function}"
    ours = path.startswith(str(ROOT)) and "site-packages" not in path
    short = path.rpartition("site-packages/")[2].removeprefix(f"{ROOT}/")
    return f"{'*' if ours else ' '} {short}:{line} {function}"


async def load(crowd: Crowd, what: str, seconds: int) -> int:
    """Put the load on for so long; how many positions, questions or sessions it was."""
    if what == "open":
        return await _open_and_leave(crowd, seconds)
    size = CHILDREN[what]
    if what == "position":
        return (await crowd.run(size, seconds)).window.sent
    return (await crowd.run(size, seconds, QUESTION_EVERY, silent=True)).window.answered


async def _open_and_leave(crowd: Crowd, seconds: int) -> int:
    until, opened = time.monotonic() + seconds, 0
    async with aiohttp.ClientSession() as http:
        while time.monotonic() < until:
            opened += 1
            (await crowd.open(http, opened)).leave()
    return opened


async def measure(place: Site, told: argparse.Namespace, file: Path) -> int:
    """Run the load with the profiler on, which writes `file`; how many units it was."""
    under = ["bench.profiled", str(file)]
    with serve(told.application, told.server, place, under=under) as served:
        crowd = Crowd(place, served)
        await crowd.grow(CHILDREN[told.what])
        await load(crowd, told.what, _WARM_SECONDS)
        os.kill(served.pids[0], signal.SIGUSR1)
        units = await load(crowd, told.what, told.seconds)
        os.kill(served.pids[0], signal.SIGUSR1)
        wait_until(file.exists, "a profile")
        return units


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile")
    parser.add_argument("what", choices=list(CHILDREN))
    parser.add_argument("--application", choices=list(APPLICATIONS), default="ReaderAI")
    parser.add_argument("--server", choices=("uvicorn", "daphne"), default="uvicorn")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--top", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="write the profile here")
    told = parser.parse_args()
    os.sched_setaffinity(0, {1})
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    with site(max(CHILDREN.values())) as place:
        file = told.keep or place.data / "server.pstats"
        file.unlink(missing_ok=True)
        units = asyncio.run(measure(place, told, file))
        counted = read_profile(file)
    profiled = sum(counts[2] for counts in counted.values()) / units * 1e6
    print(f"{units} × {told.what} in {told.seconds} s; {profiled:.0f} µs each under the profiler")
    print(f"\nown, by package\n{by_package(counted, units)}")
    for title, own in (("own", True), ("with what it calls", False)):
        print(f"\n{title}\n{function_table(counted, units, told.top, own=own)}")


if __name__ == "__main__":
    main()
