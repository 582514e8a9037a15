"""Reasons, the story so far, and what holds for every question at every place of a book."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.language.dictionary import open_dictionary
from sessions_app.tutor.offline.retrieval.names import NamesSoFar
from sessions_app.tutor.offline.story.reasons import best_reason
from sessions_app.tutor.offline.story.retelling import retold
from sessions_app.tutor.offline.tutor import compose
from sessions_app.tutor.types import ChapterSoFar, Exchange, Question, Sentence
from tests.sessions_app.tutor.stories import ask

DICTIONARY = open_dictionary()
RUN = 5
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def sentences(*texts: str) -> list[Sentence]:
    return [Sentence(10 * place, text, len(text.split())) for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "place", "kind", "part"),
    [
        (("It rained.", "We stayed in because it rained.", "So."), 1, "told", "because it rained"),
        (("The road was gone.", "So the bus stopped."), 1, "told", "The road was gone."),
        (("Pia hid.", "She was afraid of the dog."), 0, "wish", "afraid of the dog"),
        (("The bell rang.", "Everybody stood up."), 1, "before", "The bell rang."),
    ],
)
def test_a_reason_is_found_near_by(
    texts: tuple[str, ...], place: int, kind: str, part: str
) -> None:
    reason = best_reason({place: 1.0}, sentences(*texts))
    assert reason is not None
    assert reason.kind == kind
    assert any(part in sentence.text for sentence in reason.sentences)


def test_a_retelling_is_in_order_and_begins_at_the_beginning() -> None:
    things = ("mill", "kite", "goose", "wind", "roof", "door", "sail", "bread", "coat", "moon")
    told = sentences(*(f"Nora saw the {thing} number {at}." for at, thing in enumerate(things * 3)))
    chosen = retold(told, NamesSoFar(told, {}), 4)
    places = [told.index(sentence) for sentence in chosen]
    assert places == sorted(places)
    assert len(places) == 4
    assert places[0] < 6


def read_until(count: int) -> tuple[Question, list[str]]:
    """The story's first `count` sentences as a question, and the texts of the others."""
    whole = ask("")
    every = [one for chapter in whole.chapters for one in chapter.sentences]
    last = every[count - 1]
    chapters = []
    for chapter in whole.chapters:
        read = tuple(one for one in chapter.sentences if one in every[:count])
        if read:
            chapters.append(replace(chapter, sentences=read))
    question = replace(
        whole, chapters=tuple(chapters), sentence=last.text, people={}, glossary={},
        visible_to_word_index=last.first_word_index + last.word_count - 1,
    )  # fmt: skip
    return question, [one.text for one in every[count:]]


def runs(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in WORD.findall(text)]
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


PIECES = (
    "what", "why", "who", "where", "did", "Gusta", "Nora", "the wind", "mean", "more", "he", "she",
    "hide", "garret", "so far", "easier", "how many", "and", "not", "¿qué?", "“kite”", "…", "7 x 8",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map(" ".join)
)


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.integers(1, 15), st.integers(0, 8), st.booleans(), TEXTS)
def test_every_question_at_every_place_gets_an_answer_from_what_was_read(
    text: str, count: int, level: int, tapped: bool, before: str
) -> None:
    question, later = read_until(count)
    asked = replace(
        question,
        text=text or "?",
        kind="word" if tapped else "text",
        reading_level=level,
        earlier=(Exchange(before, "Nora said so."),),
    )
    draft = compose(asked, DICTIONARY)
    assert draft.text.strip()
    assert draft.suggestions
    assert "could not find" not in draft.text
    for citation in draft.citations:
        assert citation.word_index + citation.length - 1 <= question.visible_to_word_index
    read = {run for chapter in question.chapters for one in chapter.sentences
            for run in runs(one.text)}  # fmt: skip
    ahead = {run for one in later for run in runs(one)}
    assert not runs(draft.text) & (ahead - read - runs(text) - runs(before))


@pytest.mark.parametrize("piece", ["x", "a,", "Ab", "é—", "'", "1", "He and she "])
@pytest.mark.parametrize("text", ["What does this mean?", "Say it in easier words", "why?"])
def test_a_sentence_without_end_is_answered_in_few_words(piece: str, text: str) -> None:
    endless = piece * (60_000 // len(piece))
    long = Sentence(3, endless, max(1, len(endless.split())))
    chapters = (ChapterSoFar(0, "One", False, (Sentence(0, "Nora saw it.", 3), long)),)
    question = ask(text, chapters=chapters, sentence=endless, people={}, glossary={},
                   visible_to_word_index=2 + long.word_count)  # fmt: skip
    assert len(compose(question, DICTIONARY).text) < 4_000
