"""What was prepared is what is answered, at its place and no other."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.demo.loading import STORIES, Story, read_story
from library.language.text import join_words
from library.preparing.places import BookPlaces
from sessions_app.tutor.offline.tutor import OfflineTutor
from sessions_app.tutor.prepared import PreparedTutor, for_prompt, look_up
from sessions_app.tutor.prepared.tutor import prepared_answer
from sessions_app.tutor.types import ChapterSoFar, Question, Sentence, TextDelta

from ..stories import everything


@cache
def story(slug: str) -> tuple[Story, BookPlaces]:
    read = read_story(Path(STORIES) / slug)
    return read, BookPlaces(chapter.paragraphs for chapter in read.book.chapters)


def at(slug: str, quotation: str, text: str, **changes: Any) -> Question:
    """`text` asked in the sentence of a one-chapter story that has `quotation`."""
    read, places = story(slug)
    word, _ = places.quotation(quotation)
    first, last = places.sentence(word)
    spans = [span for span in places.sentences if span[0] <= first]
    sentences = tuple(
        Sentence(start, join_words(places.words[start : end + 1]), end - start + 1)
        for start, end in spans
    )
    known: dict[str, Any] = {
        "text": text,
        "kind": "text",
        "book_title": read.book.title,
        "author": read.book.author,
        "language": "en",
        "reading_level": read.level,
        "sentence": sentences[-1].text,
        "word_index": word,
        "visible_to_word_index": last,
        "chapters": (ChapterSoFar(0, read.book.title, False, sentences),),
        "prepared": tuple(entry for entry in read.prepared if entry.from_word <= last),
    }
    return Question(**(known | changes))


def test_the_three_starters_say_three_things() -> None:
    where = ("hush-eggs", "go by on the tips of their toes")
    meaning, easier, why = (
        prepared_answer(at(*where, text))
        for text in ("What does this mean?", "Say it in easier words", "Why did that happen?")
    )
    assert meaning
    assert "Here “the tips of their toes” means: very softly" in meaning.text
    assert easier
    assert easier.text == "The big men walk very softly, so that nobody can hear them."
    assert why
    assert why.text.startswith("They walk softly because the sign says hush.")
    assert len({meaning.text, easier.text, why.text}) == 3


@pytest.mark.parametrize(
    ("quotation", "text", "told"),
    [
        ("The digger does not dig", "why doesn’t the digger dig?", None),
        ("there are four blue eggs", "why doesn’t the digger dig?", "sitting on her eggs"),
        ("it does not beep", "Why does the truck not beep?", "needs quiet"),
        ("it does not beep", "who is Bea", "takes care of the bird"),
        ("it does not beep", "what happened so far?", "Bea says no"),
        ("it does not beep", "Who is Rosa?", None),
        ("it does not beep", "why is the moon round", None),
    ],
)
def test_a_question_is_answered_from_where_the_answer_stands(
    quotation: str, text: str, told: str | None
) -> None:
    answer = prepared_answer(at("hush-eggs", quotation, text))
    assert (answer is None) == (told is None)
    assert told is None or (answer is not None and told in answer.text)


def test_a_tapped_word_has_the_meaning_of_its_sentence() -> None:
    question = at("hush-eggs", "teeth.", "What does “teeth” mean?", kind="word")
    answer = prepared_answer(question)
    assert answer
    assert answer.response_type == "definition"
    assert "bite into the ground" in answer.text
    elsewhere = at("hush-eggs", "they hop up on the teeth", "What does “teeth” mean?", kind="word")
    assert prepared_answer(elsewhere) is None


def test_a_child_in_trouble_is_left_to_the_guard() -> None:
    assert prepared_answer(at("hush-eggs", "it does not beep", "why does my dad hit me")) is None


async def test_what_was_not_prepared_is_passed_on() -> None:
    tutor = PreparedTutor(OfflineTutor(pause_s=0), pause_s=0)
    question = at("hush-eggs", "it does not beep", "Why does it not beep?")
    items, answer = await everything(tutor, question)
    shown = "".join(item.text for item in items if isinstance(item, TextDelta))
    assert shown == answer.text == "The truck does not beep because the bird needs quiet."
    _, passed = await everything(tutor, at("hush-eggs", "it does not beep", "Who is Rosa?"))
    assert "have not met" in passed.text
    await tutor.aclose()


@given(st.text(max_size=80), st.sampled_from(["text", "voice", "word"]))
def test_no_question_breaks_the_look_up(text: str, kind: str) -> None:
    question = at("hush-eggs", "it does not beep", text, kind=kind)
    answer = prepared_answer(question)
    assert answer is None or all(
        citation.word_index + citation.length - 1 <= question.visible_to_word_index
        for citation in answer.citations
    )


def test_a_book_without_anything_prepared_has_no_answer() -> None:
    question = at("hush-eggs", "it does not beep", "Why?", prepared=())
    assert prepared_answer(question) is None
    assert look_up("so_far", question) is None
    assert for_prompt(question) == ""


def test_the_prompt_is_told_all_that_the_place_knows() -> None:
    text = for_prompt(at("hush-eggs", "it does not beep", "Why?"))
    assert text.startswith("The story so far:\nOmar and Mama come to see")
    for line in (
        "Mr. Lee: Mr. Lee is the boss. He can be loud, but now he waits for the bird.",
        "backs up: drives backward",
        "A truck drives backward. Trucks beep when they do that, but this one makes no sound.",
    ):
        assert line in text
