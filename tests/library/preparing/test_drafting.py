"""What is drafted without a model stands in the book, or in the dictionary."""

from __future__ import annotations

import pytest

from library.language.dictionary import WordDictionary
from library.language.prepared import PreparedEntry
from library.language.text import split_paragraphs
from library.preparing.drafting import draft_by_rule
from library.preparing.looking_ahead import LookingAhead
from library.preparing.places import BookPlaces

TEXT = (
    "Every morning old Bram, the miller of the village, gave Nora a slice of warm bread. "
    "One day the sails of the mill stopped turning, because the wind had gone away. "
    "So Bram and Nora could not grind any flour for the village.\n\n"
    "Nora was curious, so she climbed up to the garret of the mill. "
    "A gray goose was asleep there on a kite of silk. "
    "“I hid the wind,” said the goose, “because it blew my feathers about.” "
    "Then Nora and Bram knitted a coat for the goose in the mill."
)


def drafts(text: str = TEXT) -> list[PreparedEntry]:
    places = BookPlaces([split_paragraphs(text)])
    return draft_by_rule(places, WordDictionary(), LookingAhead(places.words).names)


def of_kind(kind: str) -> list[PreparedEntry]:
    return [entry for entry in drafts() if entry.kind == kind]


def test_a_cause_is_a_sentence_that_says_why() -> None:
    asked = [entry.questions for entry in of_kind("cause")]
    assert asked == [
        ("why one day the sails of the mill stopped turning?",),
        ("why she climbed up to the garret of the mill?",),
    ]


def test_a_person_is_told_as_the_book_introduces_them() -> None:
    (bram,) = of_kind("person")
    assert bram.subject == "Bram"
    assert "old Bram, the miller of the village" in bram.text


def test_each_half_and_each_chapter_is_told_in_the_book_s_own_sentences() -> None:
    part, chapter = of_kind("part"), of_kind("chapter")
    assert (len(part), len(chapter)) == (1, 1)
    assert chapter[0].text.startswith(part[0].text)
    places = " ".join(TEXT.split())
    assert part[0].text.split(". ")[0] in places


def test_a_rare_word_has_the_dictionary_s_sense() -> None:
    assert "curious" in {entry.subject for entry in of_kind("sense")}


def test_nothing_drafted_looks_past_its_place() -> None:
    ahead = LookingAhead(BookPlaces([split_paragraphs(TEXT)]).words)
    assert all(ahead.problems(entry) == [] for entry in drafts())


@pytest.mark.parametrize("text", ["A.", "“Hm.”", "Why? Because."])
def test_a_book_without_anything_to_say_has_hardly_a_draft(text: str) -> None:
    assert {entry.kind for entry in drafts(text)} <= {"sense"}
