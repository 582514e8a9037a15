"""`python -m bench.capacity [--write]`: what 5,000, 50,000 and 500,000 children need, computed from
what `make bench` measured (the JSON on the page of measurements).

Children are counted that read at the same moment. Each reports a place a second, asks once a minute
and opens a session every twenty minutes. `--write` puts the table on the page about capacity.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench import table

PAGE: Final = Path(__file__).resolve().parent.parent / "docs/explanation/capacity.md"
BEGIN: Final = "<!-- capacity: written by `python -m bench.capacity --write` -->"
END: Final = "<!-- capacity: end -->"
CHILDREN: Final = (5_000, 50_000, 500_000)
#: A core is planned to be busy for this share: bursts, a lost server, a deployment.
PLANNED: Final = 0.6
SESSION_SECONDS: Final = 20 * 60
QUESTION_SECONDS: Final = 60
#: Days of school, and how long each child reads on one.
SCHOOL_DAYS, SECONDS_A_DAY = 180, 20 * 60
#: A token is about four characters of English; the answers of the bench have sixty.
CHARACTERS_PER_TOKEN, TOKENS_OUT = 4, 60


@dataclass(frozen=True)
class UnitCosts:
    """Measured, per unit: µs of CPU, KiB of memory, bytes, characters."""

    figures: Mapping[str, float]

    def per_second(self, part: str) -> float:
        """µs of CPU that one reading child costs `part` (`""`, `_postgres`, `_redis`) a second."""
        position = self.figures[f"position{part}_us"]
        question = max(0.0, self.figures[f"question{part}_us"]) / QUESTION_SECONDS
        return position + question + self.figures[f"open{part}_us"] / SESSION_SECONDS

    def cores(self, part: str, children: int) -> int:
        """Cores that so many children need, planned to be `PLANNED` busy."""
        return math.ceil(children * self.per_second(part) / 1e6 / PLANNED)


def costs_of(rounds: Sequence[Mapping[str, float]]) -> UnitCosts:
    """The medians of a contender's rounds; a position costs what it does at the largest size."""
    keys = {key for found in rounds for key in found}
    medians = {key: of.median for key in keys if (of := table.figure(rounds, key)) is not None}
    sizes = [int(key.rpartition("_")[2]) for key in keys if key.startswith("position_us_")]
    return UnitCosts(medians | {"position_us": medians[f"position_us_{max(sizes)}"]})


Need = tuple[str, Callable[[UnitCosts, int], float], str]
_GIB, _GB, _MB = 2**30, 1e9, 1e6
#: What, how it is computed, and its unit.
NEEDS: Final[Sequence[Need]] = (
    ("server cores", lambda costs, children: costs.cores("", children), ""),
    (
        "memory of the sessions",
        lambda costs, children: children * costs.figures["session_kib"] * 1024 / _GIB,
        "GiB",
    ),
    ("PostgreSQL cores", lambda costs, children: costs.cores("_postgres", children), ""),
    ("Redis cores", lambda costs, children: costs.cores("_redis", children), ""),
    (
        "write-ahead log",
        lambda costs, children: children * costs.figures["position_log_bytes"] / _MB,
        "MB a second",
    ),
    (
        "kept in a school year",
        lambda costs, children: children * _kept_a_year(costs) / _GB,
        "GB",
    ),
    (
        "tokens to the model",
        lambda costs, children: children * 60 * _tokens_in(costs) / 1e6,
        "million an hour",
    ),
    (
        "tokens from the model",
        lambda costs, children: children * 60 * TOKENS_OUT / 1e6,
        "million an hour",
    ),
)


def _kept_a_year(costs: UnitCosts) -> float:
    """Bytes that one child leaves in a school year."""
    a_day = costs.figures["session_bytes"] * SECONDS_A_DAY / SESSION_SECONDS
    return SCHOOL_DAYS * (
        a_day + costs.figures["question_bytes"] * SECONDS_A_DAY / QUESTION_SECONDS
    )


def _tokens_in(costs: UnitCosts) -> float:
    return costs.figures["question_characters"] / CHARACTERS_PER_TOKEN


def needs(costs: UnitCosts) -> str:
    """The table."""
    lines = [
        f"| children reading at once | {' | '.join(f'{children:,}' for children in CHILDREN)} |",
        "| --- |" + " ---: |" * len(CHILDREN),
    ]
    for what, compute, unit in NEEDS:
        cells = [f"{_rounded(compute(costs, children))} {unit}".rstrip() for children in CHILDREN]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _rounded(value: float) -> str:
    """Two digits say what there is to say; cores are counted whole."""
    if value == 0:
        return "0"
    digits = 1 - math.floor(math.log10(abs(value)))
    decimals = 0 if isinstance(value, int) else max(0, digits)
    return f"{round(value, digits):,.{decimals}f}"


def capacity_text(run: Mapping[str, Any]) -> str:
    """The tables of both servers."""
    about = run["about"]
    parts = [f"`python -m bench.capacity`, from `{about['command']}` of {about['date']}:"]
    for kind in ("uvicorn", "daphne"):
        costs = costs_of(run["rounds"][f"ReaderAI under {kind}"] + _storage(run))
        second = costs.per_second("")
        parts.append(
            f"Under {kind} a reading child costs the server {second:.0f} µs of a core each second: "
            f"{costs.figures['position_us']:.0f} for the position, "
            f"{costs.figures['question_us'] / QUESTION_SECONDS:.0f} for its share of a question, "
            f"{costs.figures['open_us'] / SESSION_SECONDS:.0f} for its share of an opening."
        )
        parts.append(needs(costs))
    return "\n\n".join(parts)


def _storage(run: Mapping[str, Any]) -> list[dict[str, float]]:
    """What is kept does not depend on the server, and was measured under one."""
    names = ("session_bytes", "question_bytes")
    return [
        {name: found[name] for name in names if name in found}
        for rounds in run["rounds"].values()
        for found in rounds
    ]


def main() -> None:
    """Print, and with `--write` keep it."""
    parser = argparse.ArgumentParser(prog="python -m bench.capacity")
    parser.add_argument("--write", action="store_true")
    said = capacity_text(table.measured())
    print(said)
    if parser.parse_args().write:
        table.write(said, PAGE, (BEGIN, END))


if __name__ == "__main__":
    main()
