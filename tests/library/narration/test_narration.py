"""Chapters read aloud: a start for every word, whatever the voice."""

from __future__ import annotations

from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pytest
import soundfile
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from library.language.text import count_words, split_paragraphs
from library.models import Book, Narration
from library.narration.alignment import Aligner, spoken_parts
from library.narration.encoding import spread
from library.narration.pace import script
from library.narration.speaking import speak
from library.narration.speech_text.number_words import cardinal
from library.narration.speech_text.prepare import prepare_speech
from library.narration.spoken import Script, Speech, SpeechBroken, SpeechProblem, Voice
from library.narration.voices.espeak import Espeak
from library.narration.voices.espeak_child import starts_of
from library.narration.voices.hibari import Hibari
from library.narration.voices.registry import find_voice, speak_with
from tests.library.books import make_book

TEXT = (
    "On the 12th of May, 1984, Mr. Brown put $3.50 in a jar. “Well—that’s odd!” he said. "
    "It was the end of the day, and 1,234 bees had gone to bed."
)


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(-50, 5000)), st.integers(0, 12)), min_size=1
    ),
    st.integers(0, 4000),
)
def test_word_starts_never_decrease_and_stay_within_the_sound(
    rows: list[tuple[int | None, int]], end: int
) -> None:
    starts = spread([start for start, _ in rows], [letters for _, letters in rows], end)
    assert len(starts) == len(rows)
    assert starts == sorted(starts)
    assert 0 <= starts[0] <= starts[-1] <= end


def test_merged_pairs_and_numbers_each_get_their_words() -> None:
    # "on the" has one event; "12" has three, of which the first counts.
    words = ["on", "the", "12", "bees"]
    starts = starts_of(words, [(1, 0), (8, 400), (8, 600), (9, 700), (11, 1000)])
    assert starts == [0, None, 400, 1000]


def script_of(text: str, grade: int = 3) -> Script:
    return script(prepare_speech(split_paragraphs(text)), grade=grade)


@pytest.mark.parametrize(("engine", "voice"), [(Espeak(), "en-us"), (Hibari(), "heart")])
def test_an_engine_times_every_word(tmp_path: Path, engine: Espeak | Hibari, voice: str) -> None:
    paragraphs = split_paragraphs(TEXT)
    speech = engine.speak(script_of(TEXT), tmp_path / "a.mp3", voice)
    starts = speech.word_starts_ms
    assert len(starts) == count_words(paragraphs)
    assert starts == sorted(starts)
    assert starts[-1] < speech.duration_ms
    assert len(set(starts)) == len(starts)
    info = soundfile.info(str(tmp_path / "a.mp3"))
    assert info.format == "MP3"
    assert abs(info.duration * 1000 - speech.duration_ms) < 250
    minutes = speech.duration_ms / 60_000
    assert 90 < len(starts) / minutes < 190


def test_an_unknown_voice_is_said(tmp_path: Path) -> None:
    with pytest.raises(SpeechProblem, match="no voice"):
        Espeak().speak(script_of("Hi."), tmp_path / "a.mp3", "xx-nothing")


def test_a_short_text_is_spoken_under_a_budget() -> None:
    spoken = speak("A cyclone is a very strong wind.", cpu_seconds=20)
    assert soundfile.info(BytesIO(spoken.mp3)).format == "MP3"
    assert 0 < spoken.cpu_seconds <= 20
    assert spoken.duration_ms > 800


def test_a_budget_that_is_used_up_ends_the_child() -> None:
    with pytest.raises(SpeechProblem, match="used up"):
        speak("Many words to say. " * 2_000, cpu_seconds=1)


def test_english_has_the_natural_voice_and_another_language_its_own() -> None:
    assert find_voice().name == "hibari:heart"
    assert find_voice(language="en-GB").name == "hibari:heart"
    assert find_voice(language="es").name == "espeak:es"


class BrokenEngine:
    """What an engine is on a machine where its library does not run."""

    has_limits = True

    def speak(
        self, script: Script, target: Path, voice: str, *, cpu_seconds: float | None = None
    ) -> Speech:
        raise SpeechBroken("the speech engine broke off")


def test_where_a_voice_breaks_down_the_fallback_speaks(tmp_path: Path) -> None:
    broken = Voice("hibari:heart", "Heart", BrokenEngine())
    used, speech = speak_with(script_of("Hello, goat."), tmp_path / "a.mp3", broken, "en")
    assert used.name == "espeak:en-us"
    assert len(speech.word_starts_ms) == 2


def test_nothing_to_say_is_said() -> None:
    with pytest.raises(SpeechProblem, match="nothing"):
        speak(" … \n")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0", "zero"),
        ("15", "fifteen"),
        ("42", "forty two"),
        ("305", "three hundred five"),
        ("12000", "twelve thousand"),
        ("007", "zero zero seven"),
    ],
)
def test_numbers_are_aligned_as_they_are_said(number: str, words: str) -> None:
    assert cardinal(number) == words


def test_printed_words_become_spoken_ones() -> None:
    assert spoken_parts("“Well-known—naïve’s”") == ["well", "known", "naive's"]
    assert spoken_parts("5%") == ["five", "percent"]


def test_alignment_finds_the_words_that_the_engine_timed(tmp_path: Path) -> None:
    paragraphs = split_paragraphs(
        "The little goat ran over the hill. Nobody in the town saw him go."
    )
    prepared = prepare_speech(paragraphs)
    speech = Espeak().speak(script(prepared), tmp_path / "a.mp3", "en-us")
    sound, rate = soundfile.read(str(tmp_path / "a.mp3"), dtype="int16")
    words = [word for p in prepared for s in p for word in s]
    aligned = Aligner().align(np.asarray(sound), rate, words)
    away = np.abs(np.array(aligned.starts_ms) - np.array(speech.word_starts_ms))
    assert np.median(away) < 120


@pytest.mark.django_db
def test_narrate_book_goes_on_where_it_was_stopped(book: Book) -> None:
    call_command("narrate_book", "a-book", stdout=StringIO(), stderr=StringIO())
    assert Narration.objects.count() == 2
    first, second = Narration.objects.order_by("chapter__index")
    second.delete()
    out = StringIO()
    call_command("narrate_book", "a-book", stdout=out, stderr=StringIO())
    assert Narration.objects.filter(pk=first.pk).exists()
    assert Narration.objects.count() == 2
    assert "1 chapters" in out.getvalue()
    for narration in Narration.objects.all():
        assert len(narration.word_starts_ms) == narration.chapter.word_count


@pytest.mark.django_db
def test_a_system_that_does_not_say_which_cores_are_ours_narrates_too(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("os.sched_getaffinity")
    call_command("narrate_book", "a-book", stdout=StringIO(), stderr=StringIO())
    assert Narration.objects.count() == 2


@pytest.mark.django_db
def test_narrate_book_says_what_is_missing(book: Book) -> None:
    with pytest.raises(CommandError, match="no book"):
        call_command("narrate_book", "nothing")
    with pytest.raises(CommandError, match="no voice"):
        call_command("narrate_book", "a-book", "--voice", "opera")


@pytest.mark.django_db(transaction=True)  # PostgreSQL ends one that is idle while words are aligned
def test_a_recording_is_aligned_and_stored(tmp_path: Path) -> None:
    text = "The little goat ran over the hill. Nobody in the town saw him go."
    book = make_book(text)
    Espeak().speak(script_of(text), tmp_path / "a.mp3", "en-gb-x-rp")
    call_command("align_narration", "a-book", str(tmp_path / "a.mp3"), stdout=StringIO())
    narration = Narration.objects.get(chapter__book=book)
    assert narration.timing_source == "aligned"
    assert len(narration.word_starts_ms) == 14


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [0, 1, 600])
def test_a_recording_that_does_not_fit_is_refused(tmp_path: Path, book: Book, seconds: int) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(str(path), np.zeros(8000 * seconds, dtype=np.int16), 8000)
    with pytest.raises(CommandError):
        call_command("align_narration", "a-book", str(path), stdout=StringIO())
    assert not Narration.objects.exists()
