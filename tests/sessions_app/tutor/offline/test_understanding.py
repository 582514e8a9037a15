"""What a child's words ask, in many wordings and spellings, alone and after another question."""

import pytest

from library.language.dictionary import open_dictionary
from sessions_app.tutor.offline.tutor import compose
from sessions_app.tutor.offline.understanding import Intent, understand
from sessions_app.tutor.offline.understanding.spanish import from_spanish
from sessions_app.tutor.types import Exchange
from tests.sessions_app.tutor.stories import ask

DICTIONARY = open_dictionary()
WORDINGS = {
    "so_far": [
        "what happened so far in the book", "I forgot what happened", "wat hapend befor this",
        "can you give me a summary", "what did i miss", "tell me the story so far",
    ],
    "easier": [
        "can you say that easier?", "its to hard", "use simpler words", "in other words please",
        "I don't get it, say it in easy words",
    ],
    "sentence": [
        "What does this mean?", "i dont understand", "huh?", "that makes no sense",
        "i am confused", "explain this sentence please",
    ],
    "more": ["tell me more", "what else?", "more", "go on"],
    "ahead": ["what will Nora do", "and then?", "how does it end", "what is going to happen"],
    "cast": ["who is in the story", "who are the main characters"],
    "why": ["why", "how come the wind was gone", "i don't get why she is sad", "y is it red"],
    "word": ["what does fetch mean", "the word silk", "what does it mean when she held her breath"],
    "person": ["who is Will", "whos bram", "i forgot who Bram is"],
    "where": ["wher is the kite", "were is it", "the kite is where"],
}  # fmt: skip
AFTER = [
    # earlier question, its answer, the question after it, what the answer holds
    ("Who is Bram?", "Bram is Nora’s grandfather.", "and Nora?", "a girl who lives in a windmill"),
    ("what does garret mean", "A small room.", "and silk?", "“Silk” means"),
    ("Where is the goose?", "It is on the kite.", "tell me more", "We also read"),
    ("Why is Nora sad?", "The wind is gone.", "where does she live?", "lives in a windmill"),
    ("what does silk mean", "A shiny cloth.", "use it in a sentence", "made of blue silk"),
    ("What did Gusta hide?", "The wind.", "and why?", "because it blew my feathers about"),
]


@pytest.mark.parametrize(
    ("text", "topic"), [(text, topic) for topic, texts in WORDINGS.items() for text in texts]
)
def test_many_wordings_ask_the_same(text: str, topic: str) -> None:
    assert understand(text).topic == topic


@pytest.mark.parametrize(
    "text",
    ["what happened to the goose", "what happened in the garret", "what happened when she hid"],
)
def test_a_part_of_the_story_is_not_all_of_it(text: str) -> None:
    assert understand(text).topic not in ("so_far", "talk")


@pytest.mark.parametrize("text", ["5 plus 6", "what is 12x3", "how much is two and three", "7 - 4"])
def test_a_sum_is_no_question_about_the_book(text: str) -> None:
    assert understand(text) == Intent("talk", "off_book")
    assert "later" not in compose(ask(text), DICTIONARY).text


@pytest.mark.parametrize(("before", "answer", "text", "part"), AFTER)
def test_a_question_leans_on_the_one_before(before: str, answer: str, text: str, part: str) -> None:
    assert part in compose(ask(text, earlier=(Exchange(before, answer),)), DICTIONARY).text


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("¿Qué significa nest?", r"what does nest mean"),
        ("no entiendo", "what does this mean"),
        ("quien es Nora", "who is nora"),
        ("what is a nest", None),
    ],
)
def test_an_easy_question_in_spanish_is_understood(text: str, english: str | None) -> None:
    assert from_spanish(text.lower()) == english


def test_a_question_in_spanish_is_answered_in_easy_english() -> None:
    text = compose(ask("¿Qué significa silk?"), DICTIONARY).text
    assert text.startswith("Te lo digo en inglés fácil: “Silk” means")
