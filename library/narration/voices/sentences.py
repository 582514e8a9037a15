"""Engines that give sound without word times: a sentence at a time, then aligned."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path

import soundfile

from ..alignment import Aligner, sound_count, spoken_parts
from ..encoding import Samples
from ..speech_text.said import SpokenWord
from ..spoken import Script, Speech, SpeechProblem
from .performing import SentenceSound, perform_script

_LONGEST_SECONDS = 600


def run_program(command: Sequence[str], text: str) -> None:
    """Run a speech program with ``text`` on its input; raises ``SpeechProblem``."""
    name = Path(command[0]).name
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": tempfile.gettempdir()}
    try:
        done = subprocess.run(
            list(command),
            input=text.encode(),
            capture_output=True,
            timeout=_LONGEST_SECONDS,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise SpeechProblem(f"{name} did not answer") from None
    if done.returncode != 0:
        # What it printed is not passed on: it may hold the text.
        raise SpeechProblem(f"{name} failed with exit status {done.returncode}")


def speak_by_sentence(script: Script, target: Path, say: Callable[[str, Path], None]) -> Speech:
    """``say(text, wav)`` speaks one sentence into a WAV file; its words are found after."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    aligner = Aligner()
    with tempfile.TemporaryDirectory(prefix="readerai-") as folder:
        wav = Path(folder) / "sentence.wav"

        def spoken(words: list[SpokenWord]) -> SentenceSound:
            say(" ".join(word.text for word in words), wav)
            samples, rate = soundfile.read(str(wav), dtype="int16")
            return SentenceSound(samples, word_starts(aligner, samples, rate, words))

        try:
            say("One.", wav)
            rate = soundfile.info(str(wav)).samplerate
            result = perform_script(script.as_job() | {"target": str(target)}, rate, spoken)
        except (soundfile.LibsndfileError, OSError):
            raise SpeechProblem("the speech program left no sound") from None
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return Speech(result["durationMs"], result["wordStartsMs"], "aligned", used)


def word_starts(
    aligner: Aligner, samples: Samples, rate: int, words: list[SpokenWord]
) -> list[int | None]:
    """At which sample each word begins; where the alignment is refused or implausible, by the
    sounds that each word should have."""
    try:
        aligned = aligner.align(samples, rate, words)
    except SpeechProblem:
        aligned = None
    if aligned is None or aligned.implausible > len(words) // 10 + 1:
        return shares(words, len(samples))
    return [at * rate // 1000 for at in aligned.starts_ms]


def shares(words: list[SpokenWord], length: int) -> list[int | None]:
    """``length`` shared out by each word's number of sounds, a mark of punctuation as two."""
    weights = [
        len(word.sounds.split()) or sum(map(sound_count, spoken_parts(word.text))) or 1
        for word in words
    ]
    pauses = [2 if word.text.endswith((",", ";", ":", "—")) else 0 for word in words]
    ends = [0, *accumulate(map(sum, zip(weights, pauses, strict=True)))]
    return [length * end // ends[-1] for end in ends[:-1]]
