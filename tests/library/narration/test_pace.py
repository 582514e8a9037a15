"""How fast a text is read, and where the voice rests."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.language.text import count_words, split_paragraphs
from library.narration.pace import breaths, script
from library.narration.speech_text.prepare import prepare_speech
from library.narration.voices.registry import find_voice

STORY = Path("library/demo/stories/hush-eggs/text.txt").read_text(encoding="utf-8")


def pauses_of(text: str) -> list[int]:
    return [
        sentence.pause_ms for sentence in script(prepare_speech(split_paragraphs(text))).sentences
    ]


def test_a_paragraph_rests_longer_than_a_sentence_and_the_last_one_not() -> None:
    within, between, last = pauses_of("One goat came. Two ran.\n\nThree slept.")
    assert 0 == last < within < between


def test_a_question_rests_longer_than_a_statement() -> None:
    statement, question, _ = pauses_of("He came. Did he? Yes, he did.")
    assert statement < question


def test_speech_and_telling_have_a_breath_between_them() -> None:
    [[[*words]]] = prepare_speech(split_paragraphs("“Come in,” said the goat, “it is cold.”"))
    assert [words[place].text for place in breaths(words)] == ["in,”", "goat,"]


@pytest.mark.parametrize(("grade", "least", "most"), [(0, 85, 112), (1, 85, 112), (6, 125, 165)])
def test_the_youngest_are_read_to_at_about_a_hundred_words_a_minute(
    tmp_path: Path, grade: int, least: int, most: int
) -> None:
    paragraphs = split_paragraphs(STORY)[1:12]
    voice = find_voice("hibari:heart")
    text = script(prepare_speech(paragraphs), grade=grade)
    speech = voice.engine.speak(text, tmp_path / "a.mp3", voice.own_name)
    assert least < count_words(paragraphs) * 60_000 / speech.duration_ms < most
