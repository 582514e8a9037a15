"""Recorded readings: found in whatever else is recorded, and refused where they do not fit."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
import soundfile
from django.core.management import CommandError, call_command

from library.language.text import split_paragraphs
from library.models import Book, Narration
from library.narration.encoding import Samples
from library.narration.pace import script
from library.narration.recordings import align_recording
from library.narration.speech_text.prepare import prepare_speech
from library.narration.spoken import SpeechProblem
from library.narration.voices.espeak import Espeak
from tests.library.books import make_book

STORY = (
    "The little goat ran over the hill. Nobody in the town saw him go, for it was early and the"
    " streets were empty.\n\nAt the bridge he met an old dog with one white ear. “Where are you"
    " going in such a hurry?” asked the dog.\n\nThe goat had no answer, because he did not know."
    " He only knew that the grass was green on the other side of the river."
)
OTHER = (
    "Mix the flour with some sugar and three spoons of butter. Then heat the oven, and wash all"
    " the plates while you wait. Bake everything for forty minutes until it smells of bread."
)
RATE = 22_050


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Samples]:
    """Both texts read aloud, at ``RATE``; the story's word starts under its own name."""
    folder = tmp_path_factory.mktemp("spoken")
    sounds: dict[str, Samples] = {}
    for name, text in (("story", STORY), ("other", OTHER)):
        said = script(prepare_speech(split_paragraphs(text)))
        speech = Espeak().speak(said, folder / f"{name}.mp3", "en-us")
        sound, rate = soundfile.read(str(folder / f"{name}.mp3"), dtype="int16")
        assert rate == RATE
        sounds[name] = sound
        sounds[f"{name} starts"] = np.array(speech.word_starts_ms)
    return sounds


def _silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), dtype=np.int16)


def _written(path: Path, *parts: Samples) -> Path:
    soundfile.write(str(path), np.concatenate(parts), RATE)
    return path


# Finding the words takes longer than a test's transaction may be idle.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(transactional_db: None) -> Book:
    return make_book(STORY)


def _away_ms(narration: Narration, starts: Samples) -> float:
    """By how much word starts differ at the median, whatever was cut off before the first."""
    own = np.array(narration.word_starts_ms)
    return float(np.median(np.abs((own - own[0]) - (starts - starts[0]))))


def test_reading_is_found_between_silence_and_announcements(
    tmp_path: Path, story: Book, spoken: dict[str, Samples]
) -> None:
    before = (_silence(3), spoken["other"], _silence(2))
    path = _written(tmp_path / "a.wav", *before, spoken["story"], *before)
    recording = align_recording(story.chapters.get(), path)
    narration = recording.narration
    assert recording.share_heard > 0.9
    assert not recording.places
    assert _away_ms(narration, spoken["story starts"]) < 120
    # What is no part of the reading is not played to a child.
    assert narration.duration_ms < len(spoken["story"]) * 1000 // RATE + 3_000
    assert narration.timing_source == "aligned"


def test_place_that_is_not_read_is_named(
    tmp_path: Path, story: Book, spoken: dict[str, Samples]
) -> None:
    starts = spoken["story starts"]
    sound = spoken["story"]
    first, after = (int(starts[place]) * RATE // 1000 for place in (22, 34))
    path = _written(tmp_path / "a.wav", sound[:first], sound[after:])
    out = StringIO()
    call_command("align_narration", story.slug, str(path), stdout=out)
    assert "not heard: “At the bridge he met…”" in out.getvalue()
    narration = Narration.objects.get()
    assert narration.word_starts_ms == sorted(narration.word_starts_ms)


def test_another_text_is_refused_with_its_places(
    tmp_path: Path, story: Book, spoken: dict[str, Samples]
) -> None:
    path = _written(tmp_path / "a.wav", spoken["other"], spoken["other"])
    with pytest.raises(SpeechProblem, match="missing: “The little goat ran over…”"):
        align_recording(story.chapters.get(), path)
    assert not Narration.objects.exists()


def test_text_in_other_letters_is_refused_with_the_reason(
    tmp_path: Path, transactional_db: None, spoken: dict[str, Samples]
) -> None:
    book = make_book("Лиса села на стену и запела. Потом она ушла домой.")
    path = _written(tmp_path / "a.wav", spoken["other"])
    with pytest.raises(SpeechProblem, match="not in English"):
        align_recording(book.chapters.get(), path)


@pytest.mark.parametrize("raw", [b"", b"no sound at all", b"RIFF\x00\x00\x00\x00WAVE"])
def test_what_is_no_sound_is_refused(tmp_path: Path, story: Book, raw: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(raw)
    with pytest.raises(CommandError):
        call_command("align_narration", story.slug, str(path), stdout=StringIO())
