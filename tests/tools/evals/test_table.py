"""The table of an eval."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tools.evals.asking import AnsweredCase
from tools.evals.cases import Case, pattern
from tools.evals.model_judge import verdict
from tools.evals.table import quantile, results_table, transcript

CASE = Case("why", "the-mill", "it stopped", "why?", "No wind.", (pattern("wind"),))
RIGHT = AnsweredCase(CASE, is_import=False, text="No wind.", faults=(), first_word_s=0.1)
WRONG = AnsweredCase(
    CASE, is_import=True, text="I do not know.", faults=("lacks wind",), first_word_s=0.3
)


def test_table_counts_each_half_by_kind_and_book() -> None:
    lines = results_table({"tuning": [RIGHT, WRONG, RIGHT], "heldout": [WRONG]}).splitlines()
    assert lines == [
        "| | tuning | heldout |",
        "| --- | ---: | ---: |",
        "| why | 2 of 3 | 0 of 1 |",
        "| **our stories** | 2 of 2 | 0 of 0 |",
        "| **raw imports** | 0 of 1 | 0 of 1 |",
        "| **all** | 2 of 3 (67%) | 0 of 1 (0%) |",
        "| without an answer | 33% | 100% |",
        "| first word, p50 (s) | 0.10 | 0.30 |",
        "| first word, p95 (s) | 0.30 | 0.30 |",
    ]


def test_table_has_the_judge_where_one_judged() -> None:
    judged = [replace(RIGHT, judged=True), replace(WRONG, judged=True), RIGHT]
    assert "| by the model as judge | 2 of 2 (1 as the rules) |" in results_table(
        {"tuning": judged}
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("RIGHT", True),
        (" wrong.\n", False),
        ("**RIGHT**", True),
        ("", None),
        ("RIGHT or WRONG", None),
    ],
)
def test_verdict_takes_one_word(said: str, expected: bool | None) -> None:
    assert verdict(said) is expected


def test_quantile_is_the_nearest_rank() -> None:
    assert [quantile([3, 1, 2, 4], percent) for percent in (25, 50, 95)] == [1, 2, 4]
    assert quantile([], 50) == 0


def test_transcript_reads_as_it_went() -> None:
    asked = replace(WRONG, case=replace(CASE, earlier=(("who?", "Bram."),)), judged=False)
    assert transcript(asked).splitlines() == [
        "[why] the-mill … it stopped",
        "  earlier: who? → Bram.",
        "  why?",
        "  → I do not know.",
        "  WRONG: lacks wind (judge: wrong)",
    ]
