"""What begins a chapter by what it says, and what only looks so."""

from __future__ import annotations

import pytest

from library.importing.headings import (
    bare_number,
    is_bare,
    is_heading,
    is_named,
    is_title_like,
    numbered_name,
    split_heading,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("CHAPTER I", ("CHAPTER I", "")),
        ("Chapter 12.", ("Chapter 12", "")),
        ("CHAPTER THIRTEEN", ("CHAPTER THIRTEEN", "")),
        ("Chapter Twenty-One", ("Chapter Twenty-One", "")),
        ("CHAPTER ONE HUNDRED AND TWO", ("CHAPTER ONE HUNDRED AND TWO", "")),
        ("Chapter the Second", ("Chapter the Second", "")),
        ("THE FIRST CHAPTER", ("THE FIRST CHAPTER", "")),
        ("STAVE THREE", ("STAVE THREE", "")),
        ("LETTER 4", ("LETTER 4", "")),
        ("Fit the First", ("Fit the First", "")),
        ("Chapter 2. Away", ("Chapter 2", "Away")),
        ("CHAPTER XLII.—In Which", ("CHAPTER XLII", "In Which")),
        ("Chapter 3 The Fox", ("Chapter 3", "The Fox")),
        ("Chapitre premier", ("Chapitre premier", "")),
        ("ERSTES KAPITEL", ("ERSTES KAPITEL", "")),
        ("Capítulo 2: La zorra", ("Capítulo 2", "La zorra")),
        ("Глава 2. Лиса", ("Глава 2", "Лиса")),
        ("第三章 狐狸", ("第三章", "狐狸")),
    ],
)
def test_numbered_headings(text: str, parts: tuple[str, str]) -> None:
    assert split_heading(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Book the boat now.",
        "Act the part, then.",
        "Scene I had never seen.",
        "Part I liked best was lunch.",
        "Part two of it was harder, and Tom knew that.",
        "Chapter 1 was short.",
        "The last night was cold.",
        "The last night",
        "No one knew.",
        "Day after day",
        "Letter from Home",
        "Livre de poche",
        "chapter one",
        "Section of the pond",
        "Chapter IIII",
    ],
)
def test_a_sentence_that_begins_like_a_heading_is_none(text: str) -> None:
    assert split_heading(text) is None


@pytest.mark.parametrize(
    "text", ["PROLOGUE", "Epilogue.", "Author’s Note", "Nachwort", "Appendix B"]
)
def test_named_headings(text: str) -> None:
    assert is_named(text)
    assert is_heading(text)


@pytest.mark.parametrize("text", ["prologue", "A note came.", "Introduction to the hen", "Note"])
def test_no_named_headings(text: str) -> None:
    assert not is_named(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("I", 1),
        ("IV.", 4),
        ("XIV", 14),
        ("XC", 90),
        ("12", 12),
        ("[2]", 2),
        ("MIX", 0),
        ("mix", 0),
        ("", 0),
    ],
)
def test_bare_numbers(text: str, number: int) -> None:
    assert bare_number(text) == number


def test_what_is_a_number_without_a_name() -> None:
    assert all(map(is_bare, ["1", "IV.", "Chapter 3", "Twelve", "Part One"]))
    assert not any(map(is_bare, ["The Fox", "Chapter 3: The Fox", ""]))


def test_titles_have_capitals_and_no_period() -> None:
    assert is_title_like("In Which the Hen Meets the Fox")
    assert is_title_like("THE WALL")
    assert not is_title_like("The hen sat on the wall.")
    assert not is_title_like("The hen sat on the wall")
    assert numbered_name("IV. The Pond") == (4, "The Pond")
    assert numbered_name("4. bring a pond") == (0, "")
