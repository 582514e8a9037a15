"""The tutor without a network: what children ask, and what a teacher would like to hear."""

from dataclasses import replace

import pytest

from library.language.dictionary import open_dictionary
from library.language.entries import Entry, Sense
from sessions_app.tutor.offline.tutor import OfflineTutor, compose
from sessions_app.tutor.types import OFFLINE, ChapterSoFar, Sentence
from tests.sessions_app.tutor.stories import AHEAD, ask, everything, words_at

DICTIONARY = open_dictionary()

ANSWERS = [
    # the book's own people and glossary
    ("Who is Bram?", "Bram is Nora’s grandfather, the miller."),
    ("who's nora", "Nora is a girl who lives in a windmill."),
    ("Who is Nora's grandfather?", "Bram is Nora’s grandfather"),
    ("What are sails?", "“Sails” means the four big arms of a windmill"),
    # the dictionary, from any form of the word
    ("What does 'garret' mean?", "“Garret” means a small room right under the roof."),
    ("geese", "“Geese” comes from the word “goose”, which means a big bird"),
    ("define silk", "“Silk” means a very soft, shiny cloth"),
    ("what is a feather", "“Feather” means one of the light, soft things"),
    # the passages read so far
    ("Who is Gusta?", "A gray goose named Gusta was asleep on it."),
    ("Why did the sails stop turning?", "because the wind had gone away"),
    ("why did gusta hide the wind", "because it blew my feathers about"),
    ("Where did Nora live?", "lives in a windmill"),
    ("What color is the door?", "The mill had four sails and a red door."),
    ("How many sails did the mill have?", "The mill had four sails and a red door."),
    ("What did Nora promise?", "She promised to knit the goose a coat."),
    ("What was the kite made of?", "made of blue silk"),
    ("Did Gusta hiss?", "hissed"),
    ("What happened so far?", "In the garret she found a kite"),
    ("Who is in the story?", "So far we have met Nora and Bram."),
    # what is not known, or not to be told
    ("Who is Captain Hook?", "I have not met Captain Hook in the part you have read."),
    ("Why is the sky full of stars?", "We have not read anything about “stars”"),
    ("what does blorptastic mean", "I do not know the word “blorptastic”"),
    ("What happens next?", "I do not want to spoil the surprise!"),
    ("How does the story end?", "I do not want to spoil the surprise!"),
    ("Will Gusta get a coat?", "I do not want to spoil the surprise!"),
    ("Does Gusta get home?", "I do not want to spoil the surprise!"),
    ("What happens in chapter 9", "I do not want to spoil the surprise!"),
    ("why is Gusta mean", "it blew my feathers about"),
    ("is Nora a boy", "Nora is a girl who lives in a windmill."),
    ("where does Nora live", "lives in a windmill"),
    ("what happened in chapter II", "A gray goose named Gusta"),
    ("what is this called", "read it once more"),
    ("who is the judge", "I have not met the judge"),
    # in whatever spelling
    ("wat is a garet", "Do you mean “garret”? “Garret” means a small room right under the roof."),
    ("who is norra", "Do you mean “Nora”? Nora is a girl who lives in a windmill."),
    ("where is gusda", "A gray goose named Gusta was asleep on it."),
    # the book, read aloud, letter by letter, by chapters
    ("can you read that again", "Here it is once more: “She promised to knit the goose a coat.”"),
    ("how do you spell goose", "“Goose” is spelled g-o-o-s-e."),
    ("how do you say garret", "tap it in the story"),
    ("who wrote this book", "was written by A. Miller."),
    ("what is this story called", "You are reading “The Wind in the Garret”."),
    ("what chapter am i on", "You are in the chapter “The Kite”"),
    ("what happened in chapter one", "Nora lived in a windmill"),
    ("what happened at the beginning", "Nora lived in a windmill"),
    ("tell me about Nora", "Nora is a girl who lives in a windmill."),
    ("what is Bram like", "Bram is Nora’s grandfather, the miller."),
    # a thing is no person, a part of a word no word, a little word no chemical
    ("what is a goose", "“Goose” means a big bird"),
    ("a", "“A” stands before one thing"),
    ("can't", "“Can't” is short for “cannot”."),
    ("forty-one", "“Forty-one” is the number 41."),
    ("b", "“B” is a letter."),
    ("what is a gray goose", "“Gray” means"),
    ("How many geese are on the kite?", "I think that the story has not told us this yet."),
    # talk
    ("hi!", "Hello! I am reading with you."),
    ("are you a robot?", "a computer program"),
    ("thank you", "You are welcome!"),
    ("I like the goose", "Thank you for telling me!"),
    ("why?", "The story tells us why: “‘I hid the wind"),
    ("I don't understand", "read it"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "part"), ANSWERS)
def test_an_answer_says_what_the_book_or_the_dictionary_says(text: str, part: str) -> None:
    question = ask(text)
    draft = compose(question, DICTIONARY)
    assert part in draft.text
    assert draft.suggestions
    assert AHEAD not in draft.text


@pytest.mark.parametrize("text", [text for text, _ in ANSWERS])
@pytest.mark.parametrize("level", [0, 6])
async def test_every_answer_streams_whole_and_cites_only_what_was_read(
    text: str, level: int
) -> None:
    question = ask(text, reading_level=level)
    _, answer = await everything(OfflineTutor(DICTIONARY, pause_s=0), question)
    assert answer.answered_by == OFFLINE


def test_a_sentence_beyond_the_position_is_never_used() -> None:
    """Even were it handed over by mistake."""
    question = ask("Why did Gusta hide the wind?")
    first = question.chapters[0]
    early = replace(question, visible_to_word_index=first.sentences[0].word_count - 1)
    assert "We have not read anything about “wind”" in compose(early, DICTIONARY).text


def test_citations_stand_where_the_quote_stands() -> None:
    question = ask("Where did the goose hide the wind?")
    draft = compose(question, DICTIONARY)
    assert draft.citations
    for citation in draft.citations:
        assert words_at(question, citation.word_index, citation.length) in draft.text.translate(
            str.maketrans("‘’", "“”")
        )


def test_a_clicked_word_is_about_the_word() -> None:
    draft = compose(ask("knit", kind="word"), DICTIONARY)
    assert draft.text.startswith("“Knit” means to make clothes of wool")


def test_a_clicked_word_that_nobody_knows_is_shown_in_the_story() -> None:
    draft = compose(ask("knit", kind="word"), None)
    assert draft.structured is None
    assert "Here it is in the story: “She promised to knit the goose a coat.”" in draft.text


def test_a_definition_is_structured() -> None:
    draft = compose(ask("What is silk?"), DICTIONARY)
    assert draft.response_type == "definition"
    assert draft.structured is not None
    assert (draft.structured.word, draft.structured.related_words) == ("silk", ("cloth",))


def test_the_books_glossary_comes_before_the_dictionary() -> None:
    draft = compose(ask("silk", glossary={"silk": "what the kite is made of"}), DICTIONARY)
    assert draft.text.startswith("“Silk” means what the kite is made of.")


def test_a_quote_is_never_of_another_word_that_looks_alike() -> None:
    draft = compose(ask("what does fare mean", glossary={"fare": "money for a ride"}), DICTIONARY)
    assert draft.text == "“Fare” means money for a ride."  # and not "One day … far …"


def test_a_definition_for_grown_ups_is_called_one_and_kept_from_the_smallest() -> None:
    class Hard:
        def look_up(self, word: str, context: str = "") -> Entry | None:
            return Entry(word, (Sense("noun", "an aggregate of chattels", hard=True),))

        def knows(self, word: str) -> bool:
            return True

    older = compose(ask("what is a kite", reading_level=4), Hard()).text
    assert older.startswith("I have no easy words for “kite”. A dictionary for grown-ups says:")
    younger = compose(ask("what is a kite", reading_level=1), Hard()).text
    assert younger.startswith("I do not know the word “kite”, I am sorry.")
    assert "chattels" not in younger


def test_talk_that_goes_on_in_other_sentences_is_quoted_whole() -> None:
    sentence = Sentence(0, "“I do not know,” said the Head; “but that is my answer.", 11)
    question = ask("what did the head say", chapters=(ChapterSoFar(0, "", False, (sentence,)),),
                   visible_to_word_index=10)  # fmt: skip
    text = compose(question, DICTIONARY).text
    assert "“‘I do not know,’ said the Head; ‘but that is my answer.’”" in text


def test_a_very_long_word_is_not_repeated() -> None:
    assert len(compose(ask("x" * 1900), DICTIONARY).text) < 200
    assert len(compose(ask("who is " + "x" * 1900), DICTIONARY).text) < 200


def test_lower_grades_get_less_to_read() -> None:
    texts = [
        compose(ask("Why did the sails stop?", reading_level=level), DICTIONARY).text
        for level in (0, 4)
    ]
    assert len(texts[0].split()) < len(texts[1].split())


@pytest.mark.parametrize(
    ("text", "severity"),
    [("my dad hits me", "grave"), ("my password is moon", "low"), ("what is sex", "none")],
)
def test_what_needs_a_grown_up_is_marked(text: str, severity: str) -> None:
    draft = compose(ask(text), DICTIONARY)
    assert draft.concern.severity == severity


@pytest.mark.parametrize(
    "text",
    [
        "can i tell you something",
        "i need to talk to someone",
        "is there somebody i can call",
        "will i be ok",
        "something happened yesterday",
        "we have a new house and i like trains",
        "puedo contarte algo",
    ],
)
def test_what_nobody_can_place_is_answered_kindly_and_marked(text: str) -> None:
    draft = compose(ask(text), DICTIONARY)
    assert draft.concern.is_marked
    assert "could not find" not in draft.text
    assert "surprise" not in draft.text


@pytest.mark.parametrize(
    "text", ["my brother did that thing at home", "will my mother be home when we are there"]
)
def test_what_a_child_tells_of_their_life_is_never_merely_not_found(text: str) -> None:
    draft = compose(ask(text), DICTIONARY)
    assert "could not find" not in draft.text
    assert "spoil" not in draft.text


@pytest.mark.parametrize(
    "text", ["asdf jkl qwe", "?", "🐺🐺", "x" * 2000, "why " * 400, "“”", "\n"]
)
@pytest.mark.parametrize("chapters", [None, (), (ChapterSoFar(0, "One", False, ()),)])
def test_nonsense_and_empty_books_get_a_kind_sentence(
    text: str, chapters: tuple[ChapterSoFar, ...] | None
) -> None:
    question = ask(text) if chapters is None else ask(text, chapters=chapters, sentence="")
    draft = compose(question, DICTIONARY)
    assert draft.text.strip()
    assert draft.suggestions


def test_without_any_dictionary_the_book_still_answers() -> None:
    assert "four big arms" in compose(ask("sails"), None).text
    assert "I do not know the word" in compose(ask("what does zebra mean"), None).text
