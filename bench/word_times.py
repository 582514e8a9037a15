"""How far a voice's word times are from its decoded sound: ``python -m bench.word_times``.

Two measures that know nothing of how the times were made:

- *Onsets.* Words in a row with a comma behind each: after a silence the first loud frame is the
  word's beginning, to about 10 ms.
- *Alignment.* Whole sentences, found in the decoded sound by pocketsphinx, which itself is some
  15 ms off on clean speech.

Both are made a second time with every time shifted: a measure that does not notice is none.
It prints, for each, p50 and p95 of the absolute differences in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from library.language.text import split_paragraphs
from library.narration.alignment import Aligner
from library.narration.encoding import Samples
from library.narration.pace import script
from library.narration.speech_text.prepare import prepare_speech
from library.narration.speech_text.said import SpokenWord
from library.narration.spoken import Script, SpeechProblem, Voice
from library.narration.voices.registry import find_voice

_STORIES = Path("library/demo/stories")
_SHIFT_MS = 120
_FRAME_MS = 5
_LOUD = 350
_ROWS = [
    "Goat, table, apple, garden, pocket, kitten, basket, dinner, tiger, bottle, candle, paper.",
    "Table, dog, ball, ten, kite, pencil, button, duck, cat, bed, gate, turtle, donkey.",
    "Open, easy, under, animal, oven, ocean, every, island, orange, up, into, enter.",
    "Summer, shadow, finger, thunder, zebra, seven, sister, father, ship, story, fish.",
    "Little, river, window, yellow, mother, nothing, lemon, morning, winter, rabbit, laugh.",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voice", default="")
    parser.add_argument("--grade", type=int, default=3)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
    os.environ.setdefault("DEBUG", "1")
    voice = find_voice(options.voice)
    print(f"{voice.name}, grade {options.grade}; milliseconds")
    show("onsets", onset_differences(voice, options.grade))
    show("alignment", alignment_differences(voice, options.grade))


def show(measure: str, differences: list[float]) -> None:
    for label, shift in (("", 0), (f" shifted by {_SHIFT_MS}", _SHIFT_MS)):
        away = np.abs(np.array(differences) + shift)
        p50, p95 = np.percentile(away, [50, 95])
        middle = np.median(np.array(differences) + shift)
        print(
            f"{measure}{label}: p50 {p50:.0f}, p95 {p95:.0f}, "
            f"middle {middle:+.0f}, {len(away)} words"
        )


def spoken(voice: Voice, text: Script) -> tuple[Samples, int, list[int]]:
    """The decoded sound, its rate and the word starts in it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "a.mp3"
        speech = voice.engine.speak(text, target, voice.own_name)
        samples, rate = soundfile.read(str(target), dtype="int16")
    return samples, rate, speech.word_starts_ms


def onset_differences(voice: Voice, grade: int) -> list[float]:
    found: list[float] = []
    for row in _ROWS:
        prepared = prepare_speech(split_paragraphs(row))
        samples, rate, starts = spoken(voice, script(prepared, grade=grade))
        loud = onsets(samples, rate)
        for start in starts:
            # Every word that a silence stands before; the others have no onset to be seen.
            near = [onset for onset in loud if abs(onset - start) < 250]
            if near:
                found.append(start - min(near, key=lambda onset: abs(onset - start)))
    return found


def onsets(samples: Samples, rate: int) -> list[int]:
    """Milliseconds at which sound begins after at least 60 ms of silence."""
    frame = rate * _FRAME_MS // 1000
    count = len(samples) // frame
    loud = np.abs(samples[: count * frame].astype(np.int32)).reshape(count, frame).max(1) > _LOUD
    quiet = 60 // _FRAME_MS
    return [
        place * _FRAME_MS
        for place in range(count)
        if loud[place] and not loud[max(0, place - quiet) : place].any()
    ]


def alignment_differences(voice: Voice, grade: int, stories: int = 99) -> list[float]:
    """Over the first sentences of every story of the demo."""
    aligner = Aligner()
    found: list[float] = []
    for story in sorted(_STORIES.glob("*/text.txt"))[:stories]:
        text = split_paragraphs(story.read_text(encoding="utf-8"))
        sentences = [sentence for paragraph in prepare_speech(text[:8]) for sentence in paragraph][
            :12
        ]
        samples, rate, starts = spoken(voice, script([sentences], grade=grade))
        found += _differences(aligner, samples, rate, sentences, starts)
    return found


def _differences(
    aligner: Aligner,
    samples: Samples,
    rate: int,
    sentences: list[list[SpokenWord]],
    starts: list[int],
) -> list[float]:
    found: list[float] = []
    place = 0
    for words in sentences:
        own = starts[place : place + len(words)]
        place += len(words)
        end = starts[place] if place < len(starts) else len(samples) * 1000 // rate
        first = max(0, own[0] - 200)
        piece = samples[first * rate // 1000 : (end - 60) * rate // 1000]
        try:
            aligned = aligner.align(piece, rate, words)
        except SpeechProblem:
            continue
        if not aligned.implausible:
            found += [mine - first - at for mine, at in zip(own, aligned.starts_ms, strict=True)]
    return found


if __name__ == "__main__":
    main()
