"""Sound as it is stored: mono MP3, written a piece at a time. Imports no Django."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import soundfile

Samples = npt.NDArray[np.int16]


class Mp3Writer:
    """Writes one MP3. ``position_ms`` is how much sound is in it so far."""

    def __init__(self, target: Path, rate: int) -> None:
        self.rate = rate
        self._frames = 0
        self._file: Any = soundfile.SoundFile(
            str(target),
            "w",
            samplerate=rate,
            channels=1,
            format="MP3",
            subtype="MPEG_LAYER_III",
            # A constant rate (32 kbit/s), so that a browser finds a word to the millisecond.
            bitrate_mode="CONSTANT",
            compression_level=0.84,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def position_ms(self) -> int:
        return self._frames * 1000 // self.rate

    def write(self, samples: Samples) -> None:
        if len(samples):
            self._file.write(samples)
            self._frames += len(samples)

    def silence(self, milliseconds: int) -> None:
        self.write(np.zeros(self.rate * milliseconds // 1000, dtype=np.int16))


def spread(starts: list[int | None], letters: list[int], end: int) -> list[int]:
    """Fill the gaps in word starts in proportion to the words' letters.

    ``starts`` has None where nothing is known; ``end`` is when the last word is over. The
    result never decreases.
    """
    known: list[tuple[int, int]] = []
    for place, start in enumerate(starts):
        if start is not None and (known[-1][1] if known else 0) <= start <= end:
            known.append((place, start))
    if not known or known[0][0] != 0:
        known.insert(0, (0, 0))
    known.append((len(starts), max(end, known[-1][1])))
    filled: list[int] = []
    for (first, begins), (after, ends) in pairwise(known):
        weights = [count + 2 for count in letters[first:after]]
        total = sum(weights)
        before = 0
        for weight in weights:
            filled.append(begins + (ends - begins) * before // total)
            before += weight
    return filled


def flat(lists: Iterable[list[int]]) -> list[int]:
    return [item for items in lists for item in items]
