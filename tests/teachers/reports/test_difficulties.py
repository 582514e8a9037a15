"""What a class stumbled over."""

from __future__ import annotations

from collections.abc import Sequence

from django.test import Client

from teachers.reports.difficulties import difficult_questions_table, words_table
from teachers.reports.reading_records import AttemptRecord
from teachers.tables import Value
from tests.sessions_app.cast import Cast
from tests.teachers.pages import read_csv
from tests.teachers.readings import Open, whole_reading
from tests.teachers.records import ALICE, BOB, HILL, attempt, days_ago, question, record


def rows(*by_child: Sequence[AttemptRecord]) -> list[list[Value]]:
    """The table of difficult questions for these attempts of Alice's and Bob's."""
    students = (ALICE, BOB)
    records = [
        record(*attempts, student=students[number % 2]) for number, attempts in enumerate(by_child)
    ]
    return [list(row) for row in difficult_questions_table(records).rows]


def test_question_needs_two_children() -> None:
    assert rows([attempt(), attempt(number=2)]) == []
    assert rows([attempt()], [], [attempt(days_ago(1))]) == []
    assert rows([attempt()], [attempt(number=2)]) == []
    assert rows([attempt()], [attempt()]) == [["The Lamp", "Why?", "comprehension", 2, 1.0, ""]]


def test_prediction_is_not_difficult() -> None:
    guess = attempt(kind="prediction", correct=False)
    assert rows([guess], [guess]) == []


def test_first_try_of_the_first_reading_counts() -> None:
    later, earlier = attempt(correct=True), attempt(days_ago(1), correct=False)
    [[*_, children, right, _]] = rows([later], [later], [earlier])
    assert (children, right) == (2, 0.5)


def test_most_difficult_comes_first_and_then_what_more_children_tried() -> None:
    easy, hard = [attempt(checkpoint=1)], [attempt(checkpoint=2, correct=False)]
    shares = [row[4] for row in rows([*easy, *hard], [*easy, *hard])]
    assert shares == [0.0, 1.0]


def test_wrong_answer_is_told_once_two_gave_it() -> None:
    wrong = attempt(correct=False, answer="a noise")
    other = attempt(correct=False, answer="a tree")
    assert rows([wrong], [other])[0][-1] == ""
    assert rows([wrong], [wrong])[0][-1] == "a noise"


def test_words_are_in_the_order_of_how_many_children_looked_them_up() -> None:
    records = [
        record(question(word="Rust"), question(word="rust"), question(word="hum"), question()),
        record(question(word="hum"), student=BOB, book=HILL),
    ]
    table = words_table(records, of_a_class=True)
    assert [list(row) for row in table.rows] == [
        ["hum", "meaning of hum", "Our Hill", 2, 2],
        ["rust", "meaning of rust", "The Lamp", 2, 1],
    ]
    of_a_child = words_table(records[:1], of_a_class=False)
    assert [list(row) for row in of_a_child.rows] == [
        ["rust", "meaning of rust", "The Lamp", 2],
        ["hum", "meaning of hum", "The Lamp", 1],
    ]


def test_difficult_questions_and_places_need_more_than_one_child(
    cast: Cast, rivera: Client, reading: Open
) -> None:
    address = "/teachers/classes/room-12/report"
    assert len(read_csv(rivera.get(f"{address}/difficult.csv").content)) == 1
    whole_reading(cast, cast.bob)
    [_, difficult] = read_csv(rivera.get(f"{address}/difficult.csv").content)
    assert difficult[1:] == ["What is a glimmer?", "vocabulary", "2", "0.0", "a loud noise"]
    [_, place] = read_csv(rivera.get(f"{address}/places.csv").content)
    assert place == ["The Lamp", "It was green with rust.", "2", "2", "rust"]
