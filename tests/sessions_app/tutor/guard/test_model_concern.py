"""The concern that a model's answer carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.tutor.guard.model_concern import (
    Level,
    ModelConcern,
    needs_more,
    parse_answer,
    stray_concern,
)


@pytest.mark.parametrize(
    ("text", "level", "kind", "rest"),
    [
        ('<concern level="none"/>The goose hid it.', "none", "none", "The goose hid it."),
        ('<concern level="grave" kind="abuse"/>\nThank you.', "grave", "abuse", "Thank you."),
        ("<concern level='unsure' kind='unhappy'></concern> Hm.", "unsure", "unhappy", "Hm."),
        ("<CONCERN LEVEL=GRAVE>Oh.", "grave", "none", "Oh."),
        ('<concern level="terrible"/>Oh.', "unsure", "none", "Oh."),
        ('<concern level="grave" kind="dragons"/>Oh.', "grave", "none", "Oh."),
        ("The goose hid it.", "none", "none", "The goose hid it."),
    ],
)
def test_an_answer_is_parted_from_its_concern(
    text: str, level: Level, kind: str, rest: str
) -> None:
    concern, shown = parse_answer(text)
    assert (concern.level, concern.kind, shown) == (level, kind, rest)


@pytest.mark.parametrize(
    ("level", "severity"), [("none", "none"), ("unsure", "mild"), ("grave", "grave")]
)
def test_a_model_marks_as_the_guard_does(level: Level, severity: str) -> None:
    concern = ModelConcern(level).as_concern()
    assert concern.severity == severity
    assert concern.is_marked == (level != "none")


def test_a_stream_waits_for_the_whole_line_only() -> None:
    line = '<concern level="grave" kind="abuse"/>'
    assert all(needs_more(line[:end]) for end in range(len(line)))
    assert not needs_more(line)
    assert not needs_more("The goose")
    assert not needs_more("<concern " + "x" * 200)


def test_a_line_that_stands_elsewhere_counts_too() -> None:
    text = 'Oh. <concern level="unsure" kind="family"/> Hm. <concern level=\'grave\'/>'
    assert stray_concern(text) == ModelConcern("grave")
    assert stray_concern("A <b>goose</b>.") == ModelConcern()


@given(st.text(max_size=100))
def test_any_text_is_parted(text: str) -> None:
    _, shown = parse_answer(text)
    assert text.endswith(shown)
