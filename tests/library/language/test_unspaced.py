"""Words of scripts that are written without spaces, and joiners that are part of the spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.language.text import clean_text, join_words, split_sentences
from library.language.unspaced import are_joined, unspaced_words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "めんどりは塀の上に座っていました。それから飛んで行きました。",
            ["めんどりは 塀の 上に 座っていました。", "それから 飛んで 行きました。"],
        ),
        ("「行け！」と狐が言いました。", ["「行け！」と 狐が 言いました。"]),
        ("แม่ไก่นั่งอยู่บนกำแพง แล้วมันก็บินหนีไป", ["แม่ ไก่ นั่ง อยู่ บน กำแพง", "แล้ว มัน ก็ บิน หนี ไป"]),
    ],
)
def test_words_and_sentences(text: str, sentences: list[str]) -> None:
    assert [" ".join(words) for words in split_sentences(text)] == sentences


def test_chinese_has_words_and_sentences() -> None:
    sentences = split_sentences("母鸡坐在墙上。她飞走了！")
    assert ["".join(words) for words in sentences] == ["母鸡坐在墙上。", "她飞走了！"]
    assert all(len(words) > 1 for words in sentences)


def test_they_are_printed_as_they_were() -> None:
    for text in ("めんどりは塀の上に座っていました。", "母鸡坐在墙上。", "แม่ไก่นั่งอยู่"):
        assert join_words(split_sentences(text)[0]) == text
    assert not are_joined("5", "บาท")
    assert join_words(["a", "b"]) == "a b"


@given(st.text(st.sampled_from("めんどり塀上母鸡坐在แม่ไก่aB 。！「」、5"), max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    for token in text.split():
        assert "".join(unspaced_words(token)) == token


def test_joiners_stay_where_letters_join() -> None:
    assert clean_text("می‌خواهد خانه‌ها") == "می‌خواهد خانه‌ها"
    assert clean_text("क्‍ष") == "क्‍ष"
    assert clean_text("a\u200cb \u200dc") == "ab c"
