"""A recorded reading of a chapter: found in it, word by word, and stored with it.

A long recording is aligned a stretch of paragraphs at a time, each together with the next
one: where both end is guessed from their share of the letters and the pauses around, and only
the first one's times are kept, which that guess hardly touches. The next begins where it was
found to begin.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import soundfile

from ..language.text import flatten
from ..models import Chapter
from .alignment import RATE, Aligned, Aligner, at_rate
from .chapters import prepared, store_narration
from .encoding import Mp3Writer, Samples
from .speech_text.said import SpokenWord
from .spoken import Speech, SpeechProblem

_FRAME = RATE // 100
_LOOK_BEFORE, _LOOK_AFTER = 0.35, 0.5
_WHOLE_WORDS = 250
_LEAD_MS = 60
_HISS = 100
_SLOWEST_MS, _FASTEST_MS = 2_000, 110
_ODD_SHARE = 0.15


def align_recording(chapter: Chapter, path: Path) -> None:
    """Store ``path`` as the chapter's narration, with word times found in the sound.

    Raises ``SpeechProblem`` with one clear line where the sound is no reading of the chapter.
    """
    samples, rate = _sound(path)
    words = flatten(chapter.paragraphs)
    length = len(samples) * 1000 // rate
    if not _FASTEST_MS * len(words) <= length <= _SLOWEST_MS * len(words):
        raise SpeechProblem("it is much too long or too short for the chapter")
    sound = at_rate(samples, rate)
    if not _is_loud(sound):
        raise SpeechProblem("there is nothing to be heard in it")
    starts, odd = _aligned(sound, _stretches(chapter))
    if odd > _ODD_SHARE * len(words):
        raise SpeechProblem("what is spoken in it does not fit the chapter's text")
    with tempfile.TemporaryDirectory(prefix="readerai-") as folder:
        target = Path(folder) / "reading.mp3"
        with Mp3Writer(target, rate) as writer:
            delay = writer.position_ms
            writer.write(samples)
        starts = [delay + min(start, length) for start in starts]
        speech = Speech(delay + length, starts, "aligned", 0.0)
        store_narration(chapter, "recorded", speech, target)


def _sound(path: Path) -> tuple[Samples, int]:
    try:
        read, rate = soundfile.read(str(path), dtype="int16", always_2d=True)
    except (soundfile.LibsndfileError, OSError, RuntimeError):
        raise SpeechProblem("it is no sound file that can be read") from None
    if not len(read):
        raise SpeechProblem("it is empty")
    mono: Samples = read.astype(np.int32).mean(axis=1).astype(np.int16)
    if rate not in (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000):
        raise SpeechProblem(f"its rate of {rate} samples a second cannot be stored as MP3")
    return mono, rate


def _is_loud(sound: Samples) -> bool:
    """Whether a good part of the sound is louder than the hiss of an empty room."""
    return float(np.percentile(np.abs(sound.astype(np.int32)), 95)) > _HISS


def _stretches(chapter: Chapter) -> list[list[SpokenWord]]:
    """What is aligned at a time: paragraphs, short ones together, as the ear takes them."""
    stretches: list[list[SpokenWord]] = []
    for sentences in prepared(chapter):
        words = [word for sentence in sentences for word in sentence]
        if stretches and len(stretches[-1]) + len(words) <= 60:
            stretches[-1] += words
        else:
            stretches.append(words)
    return stretches


def _aligned(sound: Samples, stretches: list[list[SpokenWord]]) -> tuple[list[int], int]:
    """Every word's start, and how many words are implausible."""
    aligner = Aligner()
    if sum(map(len, stretches)) <= _WHOLE_WORDS:
        stretches = [[word for words in stretches for word in words]]
    starts: list[int] = []
    odd = begin = 0
    for place, words in enumerate(stretches):
        following = stretches[place + 1] if place + 1 < len(stretches) else []
        left = sum(_letters(rest) for rest in stretches[place:])
        share = _letters([*words, *following]) / left
        both = _aligned_window(aligner, sound, begin, share, [*words, *following])
        own = both.starts_ms[: len(words)]
        starts += [begin * 1000 // RATE + at for at in own]
        odd += both.implausible if place + 1 == len(stretches) else 0
        if following:
            next_start = max(0, both.starts_ms[len(words)] - _LEAD_MS)
            begin += next_start * RATE // 1000
    return sorted(starts), odd


def _aligned_window(
    aligner: Aligner, sound: Samples, begin: int, share: float, words: list[SpokenWord]
) -> Aligned:
    """Align ``words`` to the sound from ``begin`` on, whose end is only known about."""
    problem = SpeechProblem("the sound does not fit the text")
    for stretch in (1.0, 1.2, 0.85, 1.45) if share < 1 else (1.0,):
        end = len(sound) if share >= 1 else _end_of(sound, begin, min(1.0, share * stretch))
        try:
            return aligner.align(sound[begin:end], RATE, words)
        except SpeechProblem as error:
            problem = error
    raise problem


def _letters(words: list[SpokenWord]) -> int:
    return sum(len(word.text) + 1 for word in words)


def _end_of(sound: Samples, begin: int, share: float) -> int:
    """Where a stretch that should take ``share`` of the rest ends: in the longest pause near."""
    expected = (len(sound) - begin) * share
    first = begin + int(expected * (1 - _LOOK_BEFORE))
    last = min(len(sound), begin + int(expected * (1 + _LOOK_AFTER)))
    frames = (last - first) // _FRAME
    if frames < 3:
        return min(len(sound), begin + int(expected))
    piece = sound[first : first + frames * _FRAME].astype(np.float64).reshape(frames, _FRAME)
    loud = np.sqrt((piece**2).mean(axis=1))
    quiet = loud < max(60.0, float(np.percentile(loud, 90)) * 0.06)
    best, best_score, run = frames // 2, -1.0, 0
    for place in range(frames + 1):
        if place < frames and quiet[place]:
            run += 1
            continue
        middle = place - run / 2
        away = abs(first + middle * _FRAME - begin - expected) / max(expected, 1)
        score = run * (1 - away)
        if run >= 15 and score > best_score:
            best, best_score = int(middle), score
        run = 0
    return first + best * _FRAME
