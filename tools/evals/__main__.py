"""How often the tutor answers rightly: `python -m tools.evals [--show] [--wrong] [--write]`.

Both halves of the cases are asked, of the offline tutor and, with ANTHROPIC_API_KEY, of Claude
with the offline tutor behind it; then a model judges, too. `--show` prints every question and
answer, `--wrong` those that went wrong, `--kind` and `--half` choose, `--write` puts the offline
tutor's table into docs/reference/answers.md.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.table import write

from .asking import AnsweredCase, Prepared, ask_all, prepare
from .books import Shelved, embedded_site, load_books
from .cases import HALVES, KINDS, Case, CaseProblem, read_cases
from .model_judge import judge_all, judge_client
from .table import MARKS, PAGE, results_table, transcript


def main(arguments: Sequence[str] | None = None) -> int:
    """Print it; status 2 where a case cannot be asked, else 0, for it measures."""
    chosen = _parser().parse_args(arguments)
    try:
        halves = _halves(chosen)
        with embedded_site():
            books = load_books()
            prepared = {half: prepare(cases, books) for half, cases in halves.items()}
            runs = asyncio.run(_runs(prepared, books))
    except CaseProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    for tutor, by_half in runs.items():
        _print(tutor, by_half, chosen)
    if chosen.write:
        said = (
            f"`make eval`, {dt.datetime.now(dt.UTC):%Y-%m-%d}.\n\n{results_table(runs['offline'])}"
        )
        write(said, PAGE, MARKS)
        print(f"written to {PAGE}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print every question and answer")
    parser.add_argument("--wrong", action="store_true", help="print what went wrong")
    parser.add_argument("--write", action="store_true", help="put the table into the docs")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--heldout", type=Path, default=HALVES["heldout"], help="its file")
    return parser


def _halves(chosen: argparse.Namespace) -> dict[str, list[Case]]:
    halves = {}
    for half, path in {**HALVES, "heldout": chosen.heldout}.items():
        if chosen.half not in (None, half):
            continue
        if not path.is_file():
            print(f"The {half} half is not here ({path}): going on without it.")
            continue
        cases = read_cases(path)
        halves[half] = [case for case in cases if chosen.kind in (None, case.kind)]
    return halves


async def _runs(
    prepared: Mapping[str, Sequence[Prepared]], books: Mapping[str, Shelved]
) -> dict[str, dict[str, list[AnsweredCase]]]:
    """What each tutor answered, by half; judged by a model, too, where there is a key."""
    from django.conf import settings

    from sessions_app.live.answers.tutoring import make_tutor

    key: str = settings.ANTHROPIC_API_KEY
    settings.ANTHROPIC_API_KEY = ""
    tutors = {"offline": make_tutor()}
    settings.ANTHROPIC_API_KEY = key
    if key:
        tutors[settings.READERAI_TUTOR_MODEL] = make_tutor()
    runs: dict[str, dict[str, list[AnsweredCase]]] = {}
    for name, tutor in tutors.items():
        runs[name] = {half: await ask_all(tutor, cases) for half, cases in prepared.items()}
        await tutor.aclose()
    if key:
        async with judge_client() as client:
            for by_half in runs.values():
                for half, asked in by_half.items():
                    by_half[half] = await judge_all(client, asked, books)
    return runs


def _print(
    tutor: str, by_half: Mapping[str, Sequence[AnsweredCase]], chosen: argparse.Namespace
) -> None:
    for half, asked in by_half.items():
        for one in asked:
            if chosen.show or (chosen.wrong and not one.is_right):
                print(f"{tutor}, {half} {transcript(one)}\n")
    print(f"\n{tutor}\n\n{results_table(by_half)}")


if __name__ == "__main__":
    sys.exit(main())
