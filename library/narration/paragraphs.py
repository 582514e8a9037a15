"""Engines that give sound without word times: a paragraph at a time, then aligned."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import soundfile

from ..language.text import Paragraphs
from .alignment import Aligner
from .encoding import Mp3Writer, spread
from .spoken import PARAGRAPH_PAUSE_MS, Speech, SpeechProblem

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


def speak_by_paragraph(
    paragraphs: Paragraphs, target: Path, say: Callable[[str, Path], None]
) -> Speech:
    """``say(text, wav)`` speaks one paragraph into a WAV file; the words are found after."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    aligner = Aligner()
    starts: list[int] = []
    sound: Mp3Writer | None = None
    with tempfile.TemporaryDirectory(prefix="readerai-") as folder:
        wav = Path(folder) / "paragraph.wav"
        try:
            for sentences in paragraphs:
                words = [word for sentence in sentences for word in sentence]
                say(" ".join(words), wav)
                samples, rate = soundfile.read(str(wav), dtype="int16")
                if sound is None:
                    sound = Mp3Writer(target, rate)
                else:
                    sound.silence(PARAGRAPH_PAUSE_MS)
                begins = sound.position_ms
                sound.write(samples)
                starts += [begins + at for at in _word_starts(aligner, samples, rate, words)]
        except (soundfile.LibsndfileError, OSError):
            raise SpeechProblem("the speech program left no sound") from None
        finally:
            with suppress(OSError):
                if sound is not None:
                    sound.__exit__(None)
    duration = 0 if sound is None else sound.position_ms
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return Speech(duration, starts, "aligned", used)


def _word_starts(aligner: Aligner, samples: object, rate: int, words: list[str]) -> list[int]:
    import numpy as np

    sound = np.asarray(samples, dtype=np.int16)
    length = len(sound) * 1000 // rate
    try:
        aligned = aligner.align(sound, rate, words)
    except SpeechProblem:
        aligned = None
    if aligned is None or aligned.implausible > len(words) // 10 + 1:
        # Rather an even spread over the paragraph than times that jump about.
        return spread([0, *([None] * (len(words) - 1))], [len(word) for word in words], length)
    return aligned.starts_ms
