"""What an answer to a checkpoint is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.domain.scoring import Marked, mark

CHOICES = ["a small light", "a loud noise"]
IDEAS = [["grandfather", "old man"], ["patient"], ["jump"], ["lost it"]]

RIGHT = Marked(correct=True, score=1.0)
WRONG = Marked(correct=False, score=0.0)


@pytest.mark.parametrize(
    "answer", ["a small light", "A Small Light!", "  a  small\nlight. ", "ａ small light"]
)
def test_a_right_choice_is_right_however_it_is_written(answer: str) -> None:
    assert mark(answer, choices=CHOICES, right="a small light", ideas=[]) == RIGHT


@pytest.mark.parametrize("answer", ["a loud noise", "", "small", "light small a", "🙂"])
def test_another_choice_is_wrong(answer: str) -> None:
    assert mark(answer, choices=CHOICES, right="a small light", ideas=[]) == WRONG


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("", 0.0),
        ("?!", 0.0),
        ("I do not know", 0.0),
        ("her grandfather", 0.25),
        ("Her GRANDFATHER was patient", 0.5),
        ("the old man, patient, jumped", 0.75),
        ("grandfather's patient jumping, he lost it", 1.0),
        ("he lost the thing it was", 0.0),
        # a slip of spelling is no mistake in reading, but another word is another word
        ("her grandfarther was pacient", 0.5),
        ("her grandfater", 0.25),
        ("he jumpd", 0.25),
        ("he dumped", 0.0),
        ("bump", 0.0),
        # what is denied is not named
        ("not her grandfather", 0.0),
        ("he didn't jump", 0.0),
        ("he didnt really jump", 0.0),
        ("No, he was patient", 0.25),
        ("he did not shout because he was patient", 0.25),
    ],
)
def test_each_idea_that_is_named_counts_equally(answer: str, score: float) -> None:
    marked = mark(answer, choices=[], right="", ideas=IDEAS)
    assert marked == Marked(score >= 0.5, score)


@pytest.mark.parametrize("answer", ["it does not tear", "It doesn’t tear.", "it doesnt tear"])
def test_an_idea_may_be_that_something_is_not_so(answer: str) -> None:
    assert mark(answer, choices=[], right="", ideas=[["doesn't tear", "not tear"]]) == RIGHT
    assert mark("it does tear", choices=[], right="", ideas=[["doesn't tear"]]) == WRONG


def test_a_changed_letter_in_a_short_word_makes_another_word() -> None:
    ideas = [["crack", "break"]]
    assert mark("the bread", choices=[], right="", ideas=ideas) == WRONG
    assert mark("a crak", choices=[], right="", ideas=ideas) == RIGHT
    assert mark("a carck", choices=[], right="", ideas=ideas) == RIGHT


def test_a_prediction_is_right_unless_it_is_empty() -> None:
    assert mark("The bees come back", choices=[], right="", ideas=[]) == RIGHT
    assert mark(" ... ", choices=[], right="", ideas=[]) == WRONG


@given(st.text(max_size=200))
def test_any_text_gets_a_score_from_0_to_1(answer: str) -> None:
    for ideas in ([], IDEAS):
        marked = mark(answer, choices=[], right="", ideas=ideas)
        assert 0.0 <= marked.score <= 1.0
        assert marked.correct == (marked.score >= 0.5)
