"""Which names and ids are one person's, and which are not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readerai.accounts.rosters.identity import compared, kept_id, nearly_alike, without_accents


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Zoë Łuk", unicodedata.normalize("NFD", "Zoë Łuk"), True),  # as a Mac writes it
        ("Sean O'Neil", "Sean O’Neil", True),
        ("Sean O'Neil", "Sean Oʼneil", True),
        ("ANA SOL", "Ana Sol", True),
        ("Sol, Ana", "Ana Sol", True),
        ("Ana\u200b Sol\ufeff", "Ana Sol", True),
        ("Ana\u00a0 Sol", "Ana Sol", True),
        ("Ana-Maria Sol", "Ana Maria Sol", True),
        ("Ａｎａ Sol", "Ana Sol", True),
        ("Groß", "GROSS", True),
        ("李 小龙", "李 小龙", True),
        ("Zoë Sol", "Zoe Sol", False),
        ("Ana Sol", "Ana Sola", False),
        ("Ana Sol", "Ana Sol Sol", False),
        ("Ali Ben", "Alib En", False),
    ],
)
def test_names_are_compared_as_people_read_them(one: str, other: str, same: bool) -> None:
    assert (compared(one) == compared(other)) is same


@given(st.lists(st.text(st.characters(categories=["Lu", "Ll"]), min_size=1), max_size=4))
def test_compared_does_not_depend_on_order_or_form(words: list[str]) -> None:
    name = " ".join(words)
    turned = unicodedata.normalize("NFD", " ".join(reversed(words)))
    assert compared(turned) == compared(name)


@pytest.mark.parametrize(
    ("here", "said", "kept"),
    [
        ("", "id:7", "id:7"),
        ("id:007", "id:7", "id:007"),
        ("id:7", "id:007", "id:7"),
        ("id:8", "id:7", "id:7"),
        ("id:A07", "id:A7", "id:A7"),  # no number, so no zeros that a program takes away
        ("name:ana sol", "id:7", "id:7"),
        ("id:7", "name:ana sol", "id:7"),
        ("username:ana", "name:ana sol", "username:ana"),
        ("name:ana o'sol", "name:ana osol", "name:ana o'sol"),
    ],
)
def test_id_stays_where_the_roster_has_the_same_or_a_weaker_one(
    here: str, said: str, kept: str
) -> None:
    assert kept_id(here, said) == kept


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Zoë Sol", "Zoe Sol", True),
        ("Jon Smith", "John Smith", True),
        ("Emma Smith", "Emma Smith-Jones", False),  # the given name tells, not the spelling
        ("Emma Smith", "Noah Smith", False),
    ],
)
def test_slips_and_accents_are_nearly_alike(one: str, other: str, alike: bool) -> None:
    assert nearly_alike(without_accents(one), without_accents(other)) is alike
