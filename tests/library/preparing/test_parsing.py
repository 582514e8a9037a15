"""The format of prepared help: what it reads, and what it refuses."""

from __future__ import annotations

import pytest

from library.language.text import split_paragraphs
from library.preparing.parsing import PreparedProblem, read_prepared
from library.preparing.places import BookPlaces

TEXT = (
    "A goat came up the hill. It put its hat on, but nobody saw.\n\n"
    "Then the goat met Rosa. She laughed at the hat, because it was a bucket."
)


def places() -> BookPlaces:
    return BookPlaces([split_paragraphs(TEXT)])


def test_each_section_becomes_entries_in_the_order_of_the_book() -> None:
    entries = read_prepared(
        """
        [chapters]
        "it was a bucket." = "A goat wore a bucket, and Rosa laughed."
        [causes]
        "She laughed" = { ask = ["why did she laugh"], because = "Rosa laughed at the bucket." }
        [phrases]
        "It *put* its hat *on*" = "set it on its head"
        [senses]
        "A goat *came* up" = "walked"
        [easier]
        "nobody saw" = "Nobody was there when the goat wore its hat."
        [people]
        Rosa = { "the goat met Rosa" = "Rosa meets a goat." }
        """,
        places(),
    )
    assert [(entry.kind, entry.first, entry.last, entry.from_word) for entry in entries] == [
        ("sense", 2, 2, 5),
        ("easier", 6, 13, 13),
        ("phrase", 7, 10, 13),
        ("person", 15, 18, 18),
        ("chapter", 19, 28, 28),
        ("cause", 19, 20, 28),
    ]
    assert [entry.subject for entry in entries if entry.subject] == ["came", "put … on", "Rosa"]


def test_a_reason_that_is_told_later_waits_for_its_place() -> None:
    (cause,) = read_prepared(
        '[causes]\n"A goat came up" = '
        '{ ask = ["why"], because = "To meet somebody.", known = "the goat met" }',
        places(),
    )
    assert (cause.first, cause.last, cause.from_word) == (0, 3, 18)


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ('[easier]\n"A goat came up" = "Rosa is not here yet."', "names rosa too early"),
        (
            '[easier]\n"nobody saw" = "It laughed at the hat because it did."',
            "quotes “laughed at the hat because it” too early",
        ),
        ('[easier]\n"A cow" = "No."', "no such sentence: A cow"),
        ('[easier]\n"the" = "Too often."', "more than one such sentence: the"),
        ('[senses]\n"A goat came" = "No mark."', "no words are marked"),
        ('[senses]\n"A * goat" = "Half a mark."', "no words are marked"),
        ('[nonsense]\n"A goat" = "x"', "not as it should be"),
        ('[causes]\n"A goat came" = { ask = ["why"] }', "not as it should be"),
        ('[causes]\n"A goat came" = "why"', "not as it should be"),
        ("senses = 1", "not as it should be"),
        ("[senses", "Expected"),
    ],
)
def test_what_is_wrong_is_said(toml: str, problem: str) -> None:
    with pytest.raises(PreparedProblem) as refused:
        read_prepared(toml, places())
    assert problem in str(refused.value)
