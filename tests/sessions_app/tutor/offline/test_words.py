"""Words, phrases and sentences: what they mean where they stand, and the same in easier words."""

import pytest

from library.language.dictionary import open_dictionary
from library.language.parts import part_wanted, takes_object
from sessions_app.tutor.offline.retrieval.names import NamesSoFar
from sessions_app.tutor.offline.tutor import compose
from sessions_app.tutor.offline.understanding.spelling import meant, respelled
from sessions_app.tutor.offline.words.easier import easier_sentence, in_steps
from sessions_app.tutor.offline.words.forms import inflected, verb_form
from sessions_app.tutor.offline.words.idioms import idiom_of, idioms_in
from sessions_app.tutor.types import ChapterSoFar, Question, Sentence
from tests.sessions_app.tutor.stories import ask

DICTIONARY = open_dictionary()


def at(*texts: str, asked: str, **changes: object) -> Question:
    """A question asked at the last of `texts`, which are all of a book without prepared help."""
    sentences: list[Sentence] = []
    place = 0
    for text in texts:
        sentences.append(Sentence(place, text, len(text.split())))
        place += len(text.split())
    known = {
        "people": {},
        "glossary": {},
        "sentence": texts[-1],
        "visible_to_word_index": place - 1,
    }
    chapters = (ChapterSoFar(0, "One", finished=False, sentences=tuple(sentences)),)
    return ask(asked, chapters=chapters, **(known | changes))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("They kept on talking.", "keep on"),
        ("She looked it up in a book.", "look something up"),
        ("He made up his mind.", "make up one's mind"),
        ("All of a sudden it rained.", "all of a sudden"),
        ("He gave the old coat away.", None),
        ("Look! Up it goes.", None),
    ],
)
def test_a_phrase_is_met_in_any_form_and_with_words_between(text: str, phrase: str | None) -> None:
    assert next((one.phrase for one in idioms_in(text)), None) == phrase


def test_a_phrase_is_told_by_its_telling_words() -> None:
    assert idiom_of("I could kick myself") is not None
    assert idiom_of("a red door") is None


SENSES = [
    ("The bow of the ferry hit the landing.", "bow", "front"),
    ("She tied a bow in her hair.", "bow", "knot"),
    ("They sat on the bank of the river.", "bank", "river"),
    ("He took his money to the bank.", "bank", "money"),
    ("She could drop down onto the roof.", "drop", "to fall"),
    ("They kept watch all night.", "watch", "danger"),
    ("The phone began to ring.", "ring", "sound"),
    ("Art is the careful one. said Art.", "careful", ""),
]


@pytest.mark.parametrize(("text", "word", "part"), SENSES)
def test_the_sentence_chooses_the_sense(text: str, word: str, part: str) -> None:
    assert part in compose(at(text, asked=word, kind="word"), DICTIONARY).text


@pytest.mark.parametrize(
    ("name", "asked"), [("James", "who is james"), ("Miles", "what is Miles"), ("Ines", "ines")]
)
def test_a_name_is_a_name_before_it_is_a_word(name: str, asked: str) -> None:
    told = f"Then the boat came in, and {name} waved to the others."
    text = compose(at(told, "It was late.", asked=asked), DICTIONARY).text
    assert name in text
    assert "means" not in text


@pytest.mark.parametrize(
    ("word", "part"), [("no", "not so"), ("up", "higher place"), ("who", "which person"),
                       ("she", "a girl or a woman"), ("because", "reason")]
)  # fmt: skip
def test_a_little_word_is_explained_by_its_use(word: str, part: str) -> None:
    assert part in compose(ask(word, kind="word"), DICTIONARY).text


@pytest.mark.parametrize(
    ("text", "easier"),
    [
        ("The enormous dog vanished.", "The very big dog went out of sight."),
        (
            "Zaza scratched his mustache, for he had not seen that.",
            "Zaza scratched his mustache. That is because he had not seen that.",
        ),
        ("An ancient tree trembled.", "A very old tree shook."),
        ("The cat sat.", None),
    ],
)
def test_a_sentence_is_said_easier(text: str, easier: str | None) -> None:
    assert easier_sentence(text, NamesSoFar((), {}), None, {}) == easier


def test_easier_words_are_another_answer_than_the_meaning() -> None:
    story = ("Omar waited.", "The enormous digger vanished behind the fence, and he wept.")
    asked = ("What does this mean?", "Say it in easier words", "Why did that happen?")
    assert len({compose(at(*story, asked=text), DICTIONARY).text for text in asked}) == len(asked)


def test_steps_hold_all_words_of_the_sentence() -> None:
    text = "He ran home, and then he sat down because he was tired."
    assert " ".join(in_steps(text)) == text


@pytest.mark.parametrize(
    ("word", "base", "easier", "expected"),
    [("vanished", "vanish", "go out of sight", "went out of sight"),
     ("hurrying", "hurry", "run", "running"), ("seizes", "seize", "grab", "grabs"),
     ("injured", "injure", "hurt", "hurt")],
)  # fmt: skip
def test_an_easier_verb_takes_the_form_of_the_hard_one(
    word: str, base: str, easier: str, expected: str
) -> None:
    assert inflected(easier, verb_form(word, base)) == expected


@pytest.mark.parametrize(
    ("context", "word", "part"),
    [("the saw was sharp", "saw", "noun"), ("she saw the moon", "saw", "verb"),
     ("they will jar the door", "jar", "verb"), ("he was very cross", "cross", "adjective")],
)  # fmt: skip
def test_the_words_beside_it_tell_a_words_part(context: str, word: str, part: str) -> None:
    points = part_wanted(word, context)
    assert max(points, key=lambda one: points[one]) == part


def test_an_object_stands_right_after_its_verb() -> None:
    assert takes_object("drop", "they drop the ball")
    assert not takes_object("drop", "they drop down")
    assert takes_object("drop", "no such word") is None


@pytest.mark.parametrize(
    ("typed", "word"),
    [("regulashuns", "regulations"), ("scarcrow", "scarecrow"), ("nite", "night"), ("zq", None)],
)
def test_a_word_is_known_by_its_sound(typed: str, word: str | None) -> None:
    known = {"regulations": 1, "scarecrow": 2, "night": 3}
    assert meant(typed, known) == word


def test_only_words_that_nobody_knows_are_respelled() -> None:
    words, guessed = respelled("where is the garet", {"garret": 2, "where": 1}, (), DICTIONARY)
    assert (words, guessed) == ("where is the garret", frozenset({"garret"}))
