"""A script performed sentence by sentence into one sound file. Imports no Django."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..encoding import Mp3Writer, Samples, spread
from ..pace import rest_after
from ..speech_text.said import SpokenWord

_SILENCE = 131  # of 32,767
_TAIL_MS = 60


@dataclass(frozen=True)
class SentenceSound:
    """One sentence's sound, and at which sample each word begins; None where nobody knows."""

    samples: Samples
    starts: list[int | None]


def perform_script(
    job: dict[str, Any], rate: int, say: Callable[[list[SpokenWord]], SentenceSound]
) -> dict[str, Any]:
    """``job`` as ``Script.as_job`` with its ``target``; gives ``wordStartsMs, durationMs``."""
    starts: list[int] = []
    with Mp3Writer(Path(job["target"]), rate) as sound:
        for sentence in job["sentences"]:
            words = [SpokenWord(text, sounds) for text, sounds in sentence["words"]]
            said = say(words)
            said = SentenceSound(without_tail(said.samples, rate), said.starts)
            spoken = with_breaths(said, sentence["breaths"], rate)
            begins = sound.position_ms
            sound.write(spoken.samples)
            length = sound.position_ms - begins
            found = [None if at is None else at * 1000 // rate for at in spoken.starts]
            starts += [
                begins + at for at in spread(found, [len(word.text) for word in words], length)
            ]
            sound.silence(
                rest_after(len(words), length, sentence["pauseMs"], job["wordsPerMinute"])
            )
        return {"wordStartsMs": starts, "durationMs": sound.position_ms}


def without_tail(samples: Samples, rate: int) -> Samples:
    """Without the silence behind a sentence: pauses are ours to make."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _SILENCE)
    return samples[: (int(loud[-1]) if len(loud) else 0) + rate * _TAIL_MS // 1000]


def with_breaths(spoken: SentenceSound, breaths: list[tuple[int, int]], rate: int) -> SentenceSound:
    """Silence put behind words, in the quietest place before the next one begins."""
    pieces: list[Samples] = []
    starts = list(spoken.starts)
    cut = 0
    for place, milliseconds in breaths:
        following = spoken.starts[place + 1] if place + 1 < len(starts) else None
        own = spoken.starts[place]
        if following is None or own is None or following <= own:
            continue
        at = max(cut, _quietest(spoken.samples, (own + following) // 2, following, rate))
        silence = np.zeros(rate * milliseconds // 1000, dtype=np.int16)
        pieces += [spoken.samples[cut:at], silence]
        cut = at
        starts = [
            start if start is None or number <= place else start + len(silence)
            for number, start in enumerate(starts)
        ]
    if not pieces:
        return spoken
    return SentenceSound(np.concatenate([*pieces, spoken.samples[cut:]]), starts)


def _quietest(samples: Samples, first: int, last: int, rate: int) -> int:
    """The middle of the quietest hundredth of a second between two samples."""
    frame = rate // 100
    count = (last - first) // frame
    if count < 2:
        return last
    piece = samples[first : first + count * frame].astype(np.float64).reshape(count, frame)
    return first + int(np.argmin((piece**2).sum(axis=1))) * frame + frame // 2
