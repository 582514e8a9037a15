"""The cases themselves: places that exist, rules that take the right answer and no empty one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.book_structure import forget_books
from tools.evals.asking import prepare
from tools.evals.books import Shelved, load_books
from tools.evals.cases import HALVES, KINDS, Case, CaseProblem, read_cases
from tools.evals.rules import faults

pytestmark = pytest.mark.once

THERE = [path for path in HALVES.values() if path.is_file()]
#: Answers that say nothing.
EMPTY = (
    "I looked, but I could not find that in the part you have read.",
    "That is a very good question! Look at the page again and see what they do in this part. "
    "Then tell me what you think about it.",
    "Yes.",
    "",
)
#: Of these a question or a sentence said again is never an answer.
MEANINGS = {"word", "sense", "idiom", "easier", "starter", "so_far", "follow_up", "little"}
LEAST = 'kind = "why"\nbook = "a"\nat = "b"\nask = "c"\nanswer = "d"\n'


@pytest.fixture
def books(db: None) -> Iterator[dict[str, Shelved]]:
    forget_books()
    yield load_books()
    forget_books()


@pytest.mark.parametrize("path", THERE, ids=lambda path: path.stem)
def test_rules_take_the_right_answer_and_no_empty_one(
    path: Path, books: dict[str, Shelved]
) -> None:
    wrongly: list[tuple[str, str]] = []
    for one in prepare(read_cases(path), books):
        case, read = one.case, one.shelved.read_until(one.question.visible_to_word_index)
        wrongly += [(case.ask, fault) for fault in faults(case, case.answer, read)]
        said_again = [case.ask, one.question.sentence] if case.kind in MEANINGS else [case.ask]
        wrongly += [
            (case.ask, text) for text in (*EMPTY, *said_again) if not faults(case, text, read)
        ]
    assert wrongly == []


def test_halves_have_the_same_make_up() -> None:
    counts = [Counter(case.kind for case in read_cases(path)) for path in THERE]
    assert all(count == counts[0] for count in counts)
    assert set(counts[0]) == set(KINDS)
    assert counts[0].total() == 125


def test_halves_share_no_question_at_a_place() -> None:
    asked = Counter((case.book, case.at, case.ask) for path in THERE for case in read_cases(path))
    assert [one for one, number in asked.items() if number > 1] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (LEAST, "any answer would be right"),
        (LEAST.replace("why", "what") + 'right = ["e"]', "no kind 'what'"),
        (LEAST + 'right = ["("]', "unterminated"),
        (LEAST + 'right = ["e"]\nrigth = ["f"]', "rigth"),
        (LEAST + 'right = ["e"]\nearlier = [["f"]]', "not enough values"),
        (f'{LEAST}right = ["e"]\n[[cases]]\n{LEAST}right = ["e"]', "twice"),
    ],
)
def test_read_cases_says_what_is_wrong(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "cases.toml"
    path.write_text(f"[[cases]]\n{text}")
    with pytest.raises(CaseProblem, match=problem):
        read_cases(path)


def test_a_place_that_the_book_does_not_hold_once_is_told(books: dict[str, Shelved]) -> None:
    case = read_cases(HALVES["tuning"])[0]
    assert books["hush-eggs"].span("“Hush!” says Bea") == range(120, 123)
    for book, at in (("hush-eggs", "no such words"), ("hush-eggs", "Dig"), ("no-book", "Dig")):
        wrong = Case(case.kind, book, at, case.ask, case.answer, case.right)
        with pytest.raises(CaseProblem, match=r"times in|no book"):
            prepare([wrong], books)
