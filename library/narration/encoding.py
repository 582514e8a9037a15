"""Sound as it is stored: mono MP3, written a piece at a time. Imports no Django."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import lameenc
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]


_KBIT = 48
# LAME's own scale: 2 is its slowest worth having, 7 its fastest. Speech gains nothing below 5.
_QUALITY = 5
# What an MP3 decoder puts before the first sample: 576 of the encoder's, 529 of its own and of
# the encoder's filters (LAME's technical FAQ). Measured alike in libsndfile and in Chromium.
_DECODER_DELAY = 1105


class Mp3Writer:
    """Writes one MP3. ``position_ms`` is when the next sample will be heard: how much sound is
    in the file so far, and the decoder's delay before it."""

    def __init__(self, target: Path, rate: int) -> None:
        self.rate = rate
        self._frames = 0
        self._encoder: Any = lameenc.Encoder()
        self._encoder.silence()
        # A constant rate, so that a browser finds a word to the millisecond.
        self._encoder.set_bit_rate(_KBIT)
        self._encoder.set_in_sample_rate(rate)
        self._encoder.set_out_sample_rate(rate)
        self._encoder.set_channels(1)
        self._encoder.set_quality(_QUALITY)
        self._file = target.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Without any sound LAME has nothing to end.
        if self._frames:
            self._file.write(self._encoder.flush())
        self._file.close()

    @property
    def position_ms(self) -> int:
        return (self._frames + _DECODER_DELAY) * 1000 // self.rate

    def write(self, samples: Samples) -> None:
        if len(samples):
            self._file.write(self._encoder.encode(samples.astype(np.int16, copy=False).tobytes()))
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
