"""The cases: what a child asks where, and what a right answer says, from a TOML file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
#: Those that the tutor is written against, and those that its writers do not see.
HALVES: Final = {"tuning": HERE / "tuning.toml", "heldout": HERE / "heldout.toml"}

#: The kinds of questions, as they stand in the table.
KINDS: Final = {
    "word": "ordinary words",
    "sense": "the sense in this sentence",
    "idiom": "idioms and phrasal verbs",
    "why": "why",
    "so_far": "what happened so far",
    "fact": "facts (who, where, when, how many)",
    "person": "people",
    "follow_up": "follow-ups",
    "easier": "“I don't understand”, easier wording",
    "misspelt": "misspelt",
    "starter": "the page's starters",
    "checkpoint": "our checkpoints, word for word",
    "off_book": "off the book (sums, small talk, homework)",
    "name": "names that look like words",
    "little": "little words",
    "spanish": "Spanish",
    "ahead": "what comes later in the book",
}


class CaseProblem(Exception):
    """What is wrong with a case, in one line."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question and its rules.

    `at` quotes the book; the child is at the quotation's last word. `answer` is a right answer in
    a grown-up's words: the rules take it, and the judge compares with it. Of `right` every pattern
    must occur, of `wrong` none; both are regular expressions over whole words in small letters.
    `cites` quotes what a citation must touch. `earlier` are questions and answers before this one.
    With `may_decline` "that has not been told yet" is an answer.
    """

    kind: str
    book: str
    at: str
    ask: str
    answer: str
    right: tuple[re.Pattern[str], ...]
    wrong: tuple[re.Pattern[str], ...] = ()
    cites: str = ""
    clicked: bool = False
    may_decline: bool = False
    earlier: tuple[tuple[str, str], ...] = ()


def read_cases(path: Path) -> list[Case]:
    """All cases of a file. Raises `CaseProblem`."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["cases"]
    cases = [_case(row) for row in rows]
    asked = [(case.book, case.at, case.ask, case.earlier) for case in cases]
    for one in asked:
        if asked.count(one) > 1:
            raise CaseProblem(f"twice: {one[2]!r} in {one[0]}")
    return cases


def _case(row: dict[str, Any]) -> Case:
    fields = dict(row)
    if fields.get("kind") not in KINDS:
        raise CaseProblem(f"there is no kind {fields.get('kind')!r}: {fields.get('ask')!r}")
    try:
        for name in ("right", "wrong"):
            fields[name] = tuple(pattern(text) for text in fields.get(name, ()))
        fields["earlier"] = tuple((asked, said) for asked, said in fields.get("earlier", ()))
        case = Case(**fields)
    except (TypeError, ValueError, re.error) as error:
        raise CaseProblem(f"{fields.get('ask')!r}: {error}") from None
    if not case.right:
        raise CaseProblem(f"{case.ask!r}: any answer would be right")
    return case


def pattern(text: str) -> re.Pattern[str]:
    """`text` as a pattern over whole words."""
    return re.compile(rf"(?<!\w)(?:{text})(?!\w)")
