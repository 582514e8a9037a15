"""The canonical word index: what is a word, a sentence, a paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.language.text import (
    MAX_SENTENCE_WORDS,
    MAX_WORD_LETTERS,
    ChapterText,
    clean_text,
    count_words,
    flatten,
    is_word,
    join_words,
    paragraphs_of,
    split_paragraphs,
    split_sentences,
    split_words,
)

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("aB3.!?,;:—–-'’“”\"… \n\t\u00a0\x00\u200b\ud800é"),
        st.characters(),
    ),
    max_size=400,
)


@given(TEXTS)
def test_every_printed_letter_is_in_exactly_one_word_in_order(text: str) -> None:
    printed = "".join(clean_text(text).split())
    sentences = split_sentences(text)
    kept = "".join(word for sentence in sentences for word in sentence)
    assert kept == (printed if is_word(printed) else "")


@given(TEXTS)
def test_words_are_never_empty_and_sentences_never_without_a_word(text: str) -> None:
    for sentences in split_paragraphs(text):
        assert sentences
        for words in sentences:
            assert 0 < len(words) <= MAX_SENTENCE_WORDS
            assert all(word and not any(map(str.isspace, word)) for word in words)


@given(TEXTS)
def test_nothing_that_a_database_refuses_gets_in(text: str) -> None:
    for word in flatten(split_paragraphs(text)):
        assert "\x00" not in word
        word.encode("utf-8")


@given(st.lists(TEXTS, max_size=6), st.integers(0, 1000))
def test_positions_agree_with_the_flattened_text(blocks: list[str], first: int) -> None:
    paragraphs = paragraphs_of(blocks)
    chapter = ChapterText.build(paragraphs, first)
    assert list(chapter.words) == flatten(paragraphs)
    assert len(chapter.words) == count_words(paragraphs)
    word = first
    sentence_number = 0
    for sentences in paragraphs:
        for words in sentences:
            for _ in words:
                assert chapter.sentence_at(word) == sentence_number
                start, end = chapter.sentence_containing(word)
                assert list(chapter.words_between(start, end)) == words
                word += 1
            sentence_number += 1
    assert word == chapter.end


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("“Why?” asked Mr. Lee. He sat.", ["“Why?” asked Mr. Lee.", "He sat."]),
        ("J. R. R. Tolkien ate 3.5 figs.", ["J. R. R. Tolkien ate 3.5 figs."]),
        ("“Run!” she cried; “run!”", ["“Run!” she cried; “run!”"]),
        ("Wait... what? Yes.", ["Wait... what?", "Yes."]),
        ("He said, “Go.” She went.", ["He said, “Go.”", "She went."]),
        ("“It’s me—Dr. Fox!” He bowed.", ["“It’s me—Dr. Fox!”", "He bowed."]),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, sentences: list[str]) -> None:
    assert [join_words(words) for words in split_sentences(text)] == sentences


def test_letters_printed_as_one_are_apart() -> None:
    assert split_sentences("e\ufb03cient \ufb02u\ufb00y \ufb01sh") == [
        ["efficient", "fluffy", "fish"]
    ]


def test_words_joined_by_a_long_dash_are_two() -> None:
    assert split_words("the dog—oh! Well--yes, a well-known 1914–1918") == [
        *("the", "dog—", "oh!", "Well--", "yes,", "a", "well-known", "1914–1918")
    ]


def test_long_dashes_print_without_a_gap() -> None:
    assert join_words(["the", "dog—", "oh!", "Yes"]) == "the dog—oh! Yes"


def test_punctuation_that_stands_alone_joins_its_neighbour() -> None:
    assert split_words("“ ‘Hi’ he said … and — went & “") == [
        *("“‘Hi’", "he", "said…", "and—", "went", "&“")
    ]


def test_a_block_without_a_word_is_no_paragraph() -> None:
    assert split_paragraphs("One.\n\n* * *\n\nTwo.") == [[["One."]], [["Two."]]]


def test_a_sentence_without_end_is_cut_at_a_clause() -> None:
    text = ("word " * 99 + "word, ") * 3
    lengths = [len(words) for words in split_sentences(text)]
    assert lengths == [100, 100, 100]


def test_a_word_without_end_is_cut() -> None:
    assert [len(word) for word in split_words("a" * 200)] == [MAX_WORD_LETTERS] * 2 + [40]


def test_a_position_outside_the_chapter_is_refused() -> None:
    chapter = ChapterText.build([[["One", "two."]]], 10)
    for word in (9, 12):
        with pytest.raises(IndexError):
            chapter.sentence_containing(word)
