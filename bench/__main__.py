"""`python -m bench [--quick]`: ReaderAI beside a stock Channels consumer, in one run.

Each server process has core 0 for itself; the children, PostgreSQL (with fsync), Redis and the
model's API share core 1. A child reports a place a second and asks once a minute; the real SDK gets
answers of 60 tokens, 20 ms apart. The contenders take turns in each round. The whole is bounded in
time: rounds that would not end by then are left out, and a search that has to stop says "≥".

`--quick` takes costs only, in one round. `--write` puts what was found on the page of measurements
(`make bench` does).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from typing import Final

import uvloop

from bench import table
from bench.processes import pin_tree
from bench.site import Site, site
from bench.sweep import BenchPlan, Contender, Figures, figures_of, limit_of, storage_of

FULL: Final = BenchPlan(
    rounds=3, few=100, some=300, sizes=(1000, 3000), seconds=6, step_seconds=6, most=4500,
    seconds_in_all=1080,
)  # fmt: skip
QUICK: Final = BenchPlan(
    rounds=1, few=100, some=300, sizes=(), seconds=4, step_seconds=0, most=0, seconds_in_all=170
)
CONTENDERS: Final = (
    Contender("ReaderAI", "daphne"),
    Contender("stock", "daphne"),
    Contender("ReaderAI", "uvicorn"),
    Contender("stock", "uvicorn"),
)
#: A round is begun where at least this share of the longest so far is left.
_ENOUGH: Final = 0.9
#: For what is measured once, at the end: storage, and what a second process adds.
_ONCE_SECONDS: Final = 180
_TWO_SECONDS: Final = 130
#: Beside everything else on its core a server holds less than alone.
_LESS: Final = 0.8


class BenchRun:
    """One run over one site, against the clock."""

    def __init__(self, place: Site, plan: BenchPlan) -> None:
        self.rounds: dict[str, list[Figures]] = {str(each): [] for each in CONTENDERS}
        self._place, self._plan = place, plan
        self._end = time.monotonic() + plan.seconds_in_all - (_ONCE_SECONDS if plan.most else 0)

    def measure(self) -> None:
        """All rounds that there is time for, and once what needs no repetition."""
        longest = 0.0
        for number in range(self._plan.rounds):
            began = time.monotonic()
            if number and self._end - began < longest * _ENOUGH:
                print(f"no time for round {number + 1}", file=sys.stderr)
                break
            self._round(number, began + (self._end - began) / (self._plan.rounds - number))
            longest = max(longest, time.monotonic() - began)
        if self._plan.most:
            ours = CONTENDERS[2]
            self._add(ours, asyncio.run(storage_of(self._place, ours, self._plan)))
            self._two()

    def _round(self, number: int, until: float) -> None:
        for at, contender in enumerate(CONTENDERS):
            began = time.monotonic()
            # What one does not need is left for those after it.
            share = (until - began) / (len(CONTENDERS) - at)
            print(f"round {number + 1}: {contender}", flush=True)
            found = asyncio.run(figures_of(self._place, contender, self._plan, began + share))
            self.rounds[str(contender)].append(found)

    def _two(self) -> None:
        """Two processes of ours on two cores, and one: everything else runs on both cores."""
        both = range(2)
        pids = (os.getpid(), self._place.postgres.pid, self._place.redis.pid, self._place.api.pid)
        for pid in pids:
            pin_tree(pid, both)
        ours = CONTENDERS[2]
        held = table.figure(self.rounds[str(ours)], "held")
        guess = int(held.median * _LESS) if held else self._plan.some
        end = time.monotonic() + _TWO_SECONDS
        for key, cores, first in (("one_held", [0], guess), ("two_held", [0, 1], guess * 3 // 2)):
            until = time.monotonic() + (end - time.monotonic()) / (2 - len(cores) + 1)
            found = asyncio.run(limit_of(self._place, ours, self._plan, until, cores, first))
            if "held" in found:
                self._add(ours, {key: found["held"]})

    def _add(self, contender: Contender, more: Figures) -> None:
        self.rounds[str(contender)][0].update(more)


def main() -> None:
    """Measure, print, and with `--write` keep it."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args()
    plan = QUICK if told.quick else FULL
    began = time.monotonic()
    os.sched_setaffinity(0, {1})
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    with site(plan.most or plan.some) as place:
        run = BenchRun(place, plan)
        run.measure()
        command = "make bench-quick" if told.quick else "make bench"
        about = table.machine(place, command, time.monotonic() - began)
    said = table.text(about, run.rounds)
    print(said.partition("\n\nThe same as JSON")[0])
    if told.write:
        table.write(said)


if __name__ == "__main__":
    main()
