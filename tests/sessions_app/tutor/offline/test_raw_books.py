"""Questions to a book that nothing was prepared for, by what it says alone."""

from dataclasses import replace

import pytest

from sessions_app.tutor.offline.retrieval.likeness import likeness
from sessions_app.tutor.offline.retrieval.things import thing_asked_of
from sessions_app.tutor.offline.tutor import compose
from sessions_app.tutor.offline.understanding.name_marks import understood
from sessions_app.tutor.offline.understanding.spanish import from_spanish
from sessions_app.tutor.types import Exchange, Question, Sentence
from tests.sessions_app.tutor.stories import ask

TEXTS = (
    "Will lived in a mill with his sister June, and the goose that they had was called Pepper.",
    "The mill had thirty-one windows, and a garden with four trees.",
    "Each morning Will and June went to the pond.",
    "Pepper slept in an old blue basket under the stairs.",
    "In the basket there were two eggs.",
    '"Somebody has opened the gate!" cried June.',
    "Will said that the postman had left a parcel by the door.",
    "The parcel was huge.",
)


def question(text: str, *earlier: tuple[str, str]) -> Question:
    """`text`, asked at the end of the story above."""
    sentences, place = [], 0
    for told in TEXTS:
        sentences.append(Sentence(place, told, len(told.split())))
        place += len(told.split())
    chapter = replace(ask("").chapters[-1], sentences=tuple(sentences))
    return replace(
        ask(text),
        chapters=(chapter,),
        sentence=TEXTS[-1],
        visible_to_word_index=place - 1,
        people={},
        glossary={},
        earlier=tuple(Exchange(*one) for one in earlier),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("how many windows are there in the old mill", "thirty-one"),
        ("what was in the basket?", "two eggs"),
        ("who opened the gate?", "has not told us this yet"),
        ("will june find the egg thief?", "spoil the surprise"),
        ("¿Dónde duerme Pepper?", "under the stairs"),
        ("who is will", "lived in a mill"),
        ("who made you?", "a computer program"),
        ("is it going to rain tomorrow?", "only know about this book"),
        ("can you do my spelling for me", "your own work"),
        ("we have a goose at home", "Thank you for telling me"),
        ("so that", "because one wants it"),
    ],
)
def test_a_question_is_answered_by_the_story_or_led_back_to_it(text: str, told: str) -> None:
    assert told in compose(question(text), None).text


def test_it_is_the_thing_that_was_asked_about_before() -> None:
    earlier = ("What did the postman leave?", "He left a parcel by the door.")
    assert "The parcel was huge" in compose(question("how big was it?", earlier), None).text


@pytest.mark.parametrize(
    ("text", "written", "topic"),
    [
        ("how tired is will", "", "how"),
        ("how did will get home", "", "how"),
        ("what about will", "", "person"),
        ("what will will do", "What will Will do", "ahead"),
        ("will he come back", "", "ahead"),
        ("when will june come", "", "ahead"),
    ],
)
def test_a_name_that_is_a_little_word_is_told_by_its_place(
    text: str, written: str, topic: str
) -> None:
    assert understood(text, {"Will", "June"}, written).topic == topic


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("¿cuántos años tiene rosa?", "how old is rosa"),
        ("de qué color es el perro", "what color is the dog"),
        ("what is it", None),
    ],
)
def test_spanish_is_asked_in_english_word_by_word(spanish: str, english: str | None) -> None:
    assert from_spanish(spanish) == english


@pytest.mark.parametrize(
    ("asked", "answer", "thing"),
    [
        ("what did he bring", "He brought a small letter for them.", "small letter"),
        ("where did the letter come from", "It was from the harbor office.", "letter"),
        ("who is nora", "Nora is a girl.", None),
    ],
)
def test_a_thing_is_what_was_asked_for_or_about(asked: str, answer: str, thing: str | None) -> None:
    assert thing_asked_of(asked, answer) == thing


def test_what_is_worded_as_the_answer_is_more_alike() -> None:
    asked = "how many steps are in the tower"
    assert likeness(asked, "He climbed ninety steps.") > likeness(asked, "The tower was tall.")
    asked = "what color is toto"
    assert likeness(asked, "Toto was black.") > likeness(asked, "It was gray, and Toto barked.")
