"""The table of an eval, for the terminal and for the page on answers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from .asking import AnsweredCase
from .cases import KINDS

PAGE: Final = Path(__file__).resolve().parents[2] / "docs/reference/answers.md"
MARKS: Final = ("<!-- evals: written by `make eval` -->", "<!-- evals: end -->")


def results_table(halves: Mapping[str, Sequence[AnsweredCase]]) -> str:
    """A row per kind, right of all for each half; then what holds for all kinds together."""
    columns = list(halves.values())
    groups = {called: _of_kind(columns, kind) for kind, called in KINDS.items()}
    groups = {called: group for called, group in groups.items() if any(group)}
    for called, raw in (("**our stories**", False), ("**raw imports**", True)):
        groups[called] = [[one for one in asked if one.is_import is raw] for asked in columns]
    rows = {called: [_right(asked) for asked in group] for called, group in groups.items()}
    rows |= _of_all(columns)
    lines = [_row(called, cells) for called, cells in rows.items()]
    return "\n".join([_row("", halves), "| --- |" + " ---: |" * len(halves), *lines])


def _of_all(columns: Sequence[Sequence[AnsweredCase]]) -> dict[str, list[str]]:
    rows = {"**all**": [f"{_right(asked)} ({_share(asked)})" for asked in columns]}
    if any(one.judged is not None for asked in columns for one in asked):
        rows["by the model as judge"] = [_judge(asked) for asked in columns]
    rows["without an answer"] = [_declined(asked) for asked in columns]
    for percent in (50, 95):
        firsts = [quantile([one.first_word_s for one in asked], percent) for asked in columns]
        rows[f"first word, p{percent} (s)"] = [f"{first:.2f}" for first in firsts]
    return rows


def _of_kind(columns: Sequence[Sequence[AnsweredCase]], kind: str) -> list[list[AnsweredCase]]:
    return [[one for one in asked if one.case.kind == kind] for asked in columns]


def _row(called: str, cells: Iterable[str]) -> str:
    return f"| {f'{called} ' if called else ''}| {' | '.join(cells)} |"


def _right(asked: Sequence[AnsweredCase]) -> str:
    return f"{sum(one.is_right for one in asked)} of {len(asked)}"


def _share(asked: Sequence[AnsweredCase]) -> str:
    return f"{sum(one.is_right for one in asked) / max(1, len(asked)):.0%}"


def _declined(asked: Sequence[AnsweredCase]) -> str:
    return f"{sum(one.declined for one in asked) / max(1, len(asked)):.0%}"


def _judge(asked: Sequence[AnsweredCase]) -> str:
    """Right of those judged, and how often judge and rules are of one mind."""
    judged = [one for one in asked if one.judged is not None]
    alike = sum(one.judged == one.is_right for one in judged)
    return f"{sum(bool(one.judged) for one in judged)} of {len(judged)} ({alike} as the rules)"


def quantile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of all do not exceed (nearest rank); 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else 0.0


def transcript(asked: AnsweredCase) -> str:
    """One case as it went, to be read."""
    case = asked.case
    mark = "right" if asked.is_right else f"WRONG: {'; '.join(asked.faults)}"
    judge = {None: "", True: " (judge: right)", False: " (judge: wrong)"}[asked.judged]
    earlier = "".join(f"\n  earlier: {asks} → {said}" for asks, said in case.earlier)
    return (
        f"[{case.kind}] {case.book} … {case.at}{earlier}\n  {case.ask}\n  → {asked.text}\n"
        f"  {mark}{judge}"
    )
