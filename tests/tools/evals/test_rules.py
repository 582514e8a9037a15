"""Which answers the rules take: good ones in any wording, and none that only sounds like one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tools.evals.cases import Case, pattern
from tools.evals.rules import MOST_WORDS, Read, declines, faults

READ_SO_FAR = "The bow of the ferry hit the landing. “It is gone!” said Captain Rusk."
AHEAD_OF_IT = "That day Marigold came in, and three men sold fish to Doctor Hook and to Penny."
READ = Read(READ_SO_FAR.split(), AHEAD_OF_IT.split())
BOW = Case(
    kind="sense",
    book="the-ferry",
    at="hit the landing",
    ask="what is the bow?",
    answer="The bow is the front end of a boat.",
    right=(pattern("front"), pattern(r"boats?|ships?|ferr\w+")),
    wrong=(pattern("arrows?|knot"),),
)
AHEAD = replace(
    BOW,
    ask="who took it?",
    answer="Nobody knows yet.",
    right=(pattern("yet|read on"),),
    wrong=(),
    may_decline=True,
)


@pytest.mark.parametrize(
    "text",
    [
        BOW.answer,
        "It’s the front of a ship.",
        "“Bow” means the FRONT part. In the story: “The bow of the ferry hit the landing.”",
        "The pointed front. Captain Rusk’s boat hit the landing with it.",
    ],
)
def test_faults_finds_none_in_a_right_answer(text: str) -> None:
    assert faults(BOW, text, READ) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("“Bow” means a knot with two loops.", "lacks"),
        ("The front of a boat, or a knot.", "says 'knot'"),
        ("It is up front.", "lacks"),
        ("A confrontation of steamboats.", "lacks"),  # parts of words are no words
        ("Good question! Look at the page again.", "lacks"),
        ("what is the bow?", "lacks"),
        ("The bow of the ferry hit the landing.", "lacks front"),
        ("I looked, but I could not find that. The front of a boat?", "has no answer"),
        ("The front of the boat. Three men sold fish to the town.", ""),  # five words are chance
        ("The front of a boat. Three men sold fish to Doctor.", "tells of later"),
        ("The front of the boat, says Hook.", "names 'hook' too early"),
        ("The front of a boat. " * MOST_WORDS, "takes"),
        ("", "lacks"),
    ],
)
def test_faults_tells_what_is_wrong(text: str, fault: str) -> None:
    found = faults(BOW, text, READ)
    assert bool(found) is bool(fault)
    assert any(one.startswith(fault.split(" front", maxsplit=1)[0]) for one in found) or not fault


def test_a_name_that_the_child_says_may_be_said() -> None:
    asked = replace(BOW, ask="is hook at the bow?")
    assert faults(asked, "No, Hook is not at the front of the boat.", READ) == []


def test_a_case_about_what_comes_may_be_declined() -> None:
    assert faults(AHEAD, "I do not know that yet. Let us read on!", READ) == []
    assert faults(replace(AHEAD, may_decline=False), "I do not know yet.", READ) == [
        "has no answer"
    ]
    assert faults(AHEAD, "Read on, for it was Hook.", READ) == ["names 'hook' too early"]


def test_a_citation_must_touch_what_the_case_quotes() -> None:
    assert faults(BOW, BOW.answer, READ, [range(8)], range(1, 5)) == []
    assert faults(BOW, BOW.answer, READ, [range(8, 12)], range(1, 5)) == ["cites another place"]
    assert faults(BOW, BOW.answer, READ, [], range(1, 5)) == ["cites another place"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I looked, but I could not find that in the part you have read.", True),
        ("I don’t know who that is.", True),
        ("I am not sure.", True),
        ("I cannot explain “bow” well. Please ask a grown-up you trust.", True),
        ("No lo sé.", True),
        ("The story does not say.", True),
        ("Pia says: “I can’t see my feet.”", False),
        ("He could not find his horn.", False),
        ("Nobody knows yet.", False),
    ],
)
def test_declines_hears_the_tutor_and_not_the_book(text: str, expected: bool) -> None:
    assert declines(text) is expected
