"""What a voice is given to say for what a book prints: kinds of cases, several of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.language.text import split_paragraphs
from library.narration.speech_text.prepare import book_words, prepare_sentence, prepare_speech
from library.narration.speech_text.said import BookWords, SpokenWord


def words_of(text: str, book: BookWords | None = None, language: str = "en") -> list[SpokenWord]:
    prepared = prepare_speech(split_paragraphs(text), language=language, book=book)
    return [word for sentences in prepared for sentence in sentences for word in sentence]


def said(text: str, book: BookWords | None = None) -> str:
    return " ".join(word.text for word in words_of(text, book))


@pytest.mark.parametrize(
    ("printed", "sounds"),
    [
        ("“Shhh!” said the owl.", "SH SH"),
        ("Grrr, went the dog.", "G ER R R"),
        ("Brrr! It was cold.", "B ER R R"),
        ("Mmm.", "M M M"),
        ("Zzzzz went Pa.", "Z Z Z"),
        ("Pffft.", "P F F F T"),
        ("Kssh!", "K SH SH"),
        ("Bzzt!", "B Z Z T"),
        ("Thwp.", "TH W P"),
        ("Tsk, she said.", "T IH S K"),
        ("PSST! Over here.", "P S T"),
    ],
)
def test_a_word_without_a_vowel_is_a_sound(printed: str, sounds: str) -> None:
    assert words_of(printed)[0].sounds == sounds


@pytest.mark.parametrize(
    ("printed", "spoken"),
    [("Nooooo!", "No!"), ("“Yesss!”", "“Yes!”"), ("Booom!", "Boom!"), ("Sooo big", "So big")],
)
def test_a_word_drawn_out_is_the_word(printed: str, spoken: str) -> None:
    assert said(printed) == spoken


@pytest.mark.parametrize(
    ("printed", "spoken"),
    [
        ("“N-n-no!” cried the mouse.", "“nuh nuh no!” cried the mouse."),
        ("“S-stop! Wh-what is it?”", "“suh stop! whuh what is it?”"),
        ("“Kn-knock,” she said.", "“nuh knock,” she said."),
        ("In the c-city", "In the suh city"),
        ("I-I don’t", "I I don't"),
        ("“N... n... no.”", "“nuh... nuh... no.”"),
        ("a T-shirt and bye-bye", "a T shirt and bye-bye"),
        ("They re-read it.", "They re-read it."),
    ],
)
def test_a_stammer_is_heard_as_one_and_a_compound_is_not(printed: str, spoken: str) -> None:
    assert said(printed) == spoken


@pytest.mark.parametrize(
    ("printed", "spoken"),
    [
        ("IT WAS US.", "it was us."),
        ("The lamp was DIM.", "The lamp was dim."),
        ("“HE IS MY DAD!”", "“he is my dad!”"),
        ("KEEP OUT.", "keep out."),
        ("a reALLy big one", "a really big one"),
    ],
)
def test_what_is_shouted_is_words(printed: str, spoken: str) -> None:
    assert said(printed) == spoken


@pytest.mark.parametrize(
    ("printed", "sounds"),
    [
        ("the FBI", "EH F B IY AY"),
        ("the GPS", "JH IY P IY EH S"),
        ("an SOS", "EH S OW EH S"),
        ("the UN", "Y UW EH N"),
        ("old JFK", "JH EY EH F K EY"),
        ("two CDs", "S IY D IY Z"),
        ("in the U.S.", "Y UW EH S"),
    ],
)
def test_an_initialism_is_its_letters(printed: str, sounds: str) -> None:
    assert words_of(printed)[-1].sounds == sounds


@pytest.mark.parametrize(
    ("printed", "spoken"),
    [
        ("King Otto II met Henry VIII.", "King Otto the second met Henry the eighth."),
        ("in Part III of World War II", "in Part three of World War two"),
        ("Chapter IV.", "Chapter four."),
        ("Ramses II’s tomb", "Ramses the second's tomb"),
        ("I did it, and I am glad.", "I did it, and I am glad."),
        ("MIX it", "mix it"),
    ],
)
def test_roman_numerals_are_numbers_where_they_are_ones(printed: str, spoken: str) -> None:
    assert said(printed) == spoken


@pytest.mark.parametrize(
    ("printed", "spoken"),
    [
        ("salt and/or pepper", "salt and or pepper"),
        ("his/her hat", "his or her hat"),
        ("In the 1990s, $3.50", "In the nineteen nineties, three dollars and fifty cents"),
        ("in 1900 in May", "in nineteen hundred in May"),
        ("1/2 a cup", "half a cup"),
        ("2 + 2 = 4", "two plus two equals four"),
        ("10 - 3 = 7", "ten minus three equals seven"),
        ("7−2", "seven minus two"),
        ("9-1-1", "nine, one, one"),
        ("1914–1918", "nineteen fourteen to nineteen eighteen"),
        ("July 4, 1776", "July fourth, seventeen seventy six"),
        ("at 7:00, 5:30 or 6:05", "at seven o'clock, five thirty or six oh five"),
        ("$2.5 million", "two point five million dollars"),
        ("the 21st of 1,500", "the twenty first of one thousand five hundred"),
        ("a Q&A", "a Q and A"),
    ],
)  # fmt: skip
def test_figures_are_said_as_a_reader_says_them(printed: str, spoken: str) -> None:
    assert said(printed) == spoken


@pytest.mark.parametrize(
    ("printed", "spoken"),
    [
        ("Mt. Hen is high.", "Mount Hen is high."),
        ("He lives on Elm St. and in St. Fox.", "He lives on Elm Street and in Saint Fox."),
        ("th’ old hat", "the old hat"),
        ("She was *very* cross; ~so~ cross.", "She was very cross; so cross."),
        ("The café, the coach from Łódź.", "The café, the coach from Lódz."),
    ],
)
def test_what_is_printed_in_short_is_said_whole(printed: str, spoken: str) -> None:
    assert said(printed) == spoken


def test_a_dash_after_speech_begins_no_sentence() -> None:
    paragraphs = split_paragraphs("“No!”—he ran away. “Ah—!”—she sat down.")
    assert [len(sentences) for sentences in paragraphs] == [2]


def test_a_book_tells_how_its_own_words_are_said() -> None:
    book = book_words(
        [split_paragraphs("Siobhan said un was a word.")],
        names=["Ned Lim"],
        pronunciations=[("Siobhan", "shi vawn")],
    )
    assert said("“Siobhan’s cat!”", book) == "“shi vawn's cat!”"
    assert said("LIM CAME. The UN", book) == "Lim came. The un"


def test_another_language_is_left_to_its_voice() -> None:
    assert [word.text for word in words_of("El *lobo* dijo 3.", language="es")] == [
        *("El", "lobo", "dijo", "3."),
    ]


@given(st.lists(st.text(min_size=1, max_size=14).filter(lambda w: not w.isspace()), max_size=8))
def test_whatever_is_printed_there_is_one_spoken_word_for_each(printed: list[str]) -> None:
    assert len(prepare_sentence(printed, BookWords())) == len(printed)
