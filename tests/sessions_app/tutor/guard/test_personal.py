"""Private data: what is found and struck out, and the numbers that are only numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.tutor.guard import redact, screen_answer, screen_question
from sessions_app.tutor.guard.personal import find_personal

NUMBERS = [
    "1914-1918", "1 2 3 4 5 6 7", "10 000 000", "3.1415926", "1000000 miles", "canary4636070551d",
    "1939 to 1945", "1,000,000", "10.000.000", "2 4 6 8 10 12 14", "2014-05-12", "12/05/2014",
    "100-50-25-10", "3000000000", "12345678910", "978-3-16-148410-0", "1492, 1776, 1914",
    "one two three four five six seven", "uno dos tres cuatro cinco seis siete",
    "9 8 7 6 5 4 3 2 1", "93000000 miles", "2026-05-12 10:30", "384400 km", "1/2 + 3/4",
    "192.168.10.20", "10 20 30 forty fifty sixty", "1 two 3 four 5 six 7 eight", "6.02e23",
]  # fmt: skip
TELEPHONES = [
    "555-123-4567", "(555) 123-4567", "555.123.4567", "5551234567", "0151 2345678",
    "+49 151 2345678", "612 345 678", "55 12 34 56 78", "five five five one two three four",
    "cinco cinco cinco uno dos tres cuatro", "5 5 5 1 2 3 4", "my number is 5551234",
    "llámame al 5551234", "double five one two three four seven",
    "06 12 34 56 78", "212 five five five 0100",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_a_number(number: str) -> None:
    text = f"what is {number}"
    assert screen_question(text) is None
    assert screen_answer(f"The answer is {number}.") is None
    assert redact(text) == text


@pytest.mark.parametrize("number", TELEPHONES)
def test_a_telephone_number_is_refused_and_struck_out(number: str) -> None:
    found = screen_question(f"it is {number}")
    assert found is not None
    assert found.reason == "private"
    assert "[telephone number]" in redact(f"it is {number}")
    assert not any(digit in redact(f"it is {number}") for digit in "0123456789")
    assert screen_answer(f"Say {number}.") is not None


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("write to tim@example.org please", "write to [e-mail address] please"),
        ("im tim at gmail dot com", "im [e-mail address]"),
        ("my insta is tim.the.cat", "my insta is [user name]"),
        ("i am @tim_123 there", "i am [user name] there"),
        ("my password is sunshine", "my password is [password]"),
        ("i live at 12 elm street", "i live at [address]"),
        ("vivo en la calle 8 numero 20", "vivo en la [address]"),
        ("my name is Tim and i like geese", "my name is [name] and i like geese"),
        ("me llamo Ana", "me llamo [name]"),
        ("My name is Anna Schmidt", "My name is [name]"),
        ("hi im zebedee", "hi im [name]"),
        ("I'm Zoe, why did he run?", "I'm [name], why did he run?"),
        ("soy Mateo", "soy [name]"),
        ("hi im sad", "hi im sad"),
        ("my zip code is 90210", "my zip code is [address]"),
        ("vivo en av. reforma 222", "vivo en [address]"),
        ("i go to oak hill school", "i go to [school]"),
    ],
)
def test_private_things_are_struck_out(text: str, struck: str) -> None:
    assert redact(text) == struck


def test_the_childs_known_name_is_struck_out_as_a_word() -> None:
    assert redact("Tim timed TIM", names=("Tim",)) == "[name] timed [name]"


@pytest.mark.parametrize(
    "text",
    ["my name is Tim", "call me later", "they call me stupid", "who is called Tim", "i live"],
)
def test_a_first_name_is_not_refused(text: str) -> None:
    assert not any(found.refused for found in find_personal(text))


@given(st.text(max_size=200))
def test_any_text_is_struck_out_once(text: str) -> None:
    once = redact(text)
    assert redact(once) == once or find_personal(once)
