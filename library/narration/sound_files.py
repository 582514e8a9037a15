"""Sound files of any kind, read a piece at a time as one channel at any rate."""

from __future__ import annotations

import importlib.util
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from .encoding import Samples

MP3_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_BLOCK = 1 << 16
_LONGEST_SKIP = 20  # seconds that are read and dropped rather than sought, which MP3 does badly
_MOST_SECONDS = 12 * 3600


class SoundProblem(Exception):
    """Why a sound file is not read: one clear line."""


class SoundReader:
    """One sound file. ``called`` is what messages call it. Raises ``SoundProblem``."""

    def __init__(self, path: Path, called: str = "it") -> None:
        self._called = called
        try:
            self._file: Any = soundfile.SoundFile(str(path))
        except (soundfile.LibsndfileError, OSError, RuntimeError, TypeError):
            decoded = path.with_name(f"{path.name}.decoded.wav")
            _decode(path, decoded, called)
            self._file = soundfile.SoundFile(str(decoded))
        if not self._file.frames or not 0 < self.seconds <= _MOST_SECONDS:
            self._file.close()
            raise SoundProblem(f"{called} is empty, or too long for one sound file")
        self._place = 0

    def close(self) -> None:
        self._file.close()

    @property
    def own_rate(self) -> int:
        return int(self._file.samplerate)

    @property
    def rate(self) -> int:
        """The rate at which it can be stored as MP3: its own, or the next one below."""
        fitting = [rate for rate in MP3_RATES if rate <= self.own_rate]
        return fitting[-1] if fitting else MP3_RATES[0]

    @property
    def seconds(self) -> float:
        return float(self._file.frames / self._file.samplerate)

    def between(self, begin: float, end: float, rate: int) -> Iterator[Samples]:
        """The sound from ``begin`` to ``end`` seconds, at ``rate`` samples a second."""
        first = min(int(begin * self.own_rate), self._file.frames)
        last = min(int(end * self.own_rate), self._file.frames)
        try:
            self._go_to(first)
            while self._place < last:
                block = self._read(min(_BLOCK, last - self._place))
                if not len(block):
                    return
                yield resampled(block, self.own_rate, rate)
        except (soundfile.LibsndfileError, OSError, RuntimeError):
            raise SoundProblem(f"{self._called} is damaged") from None

    def _go_to(self, place: int) -> None:
        if not 0 <= place - self._place <= _LONGEST_SKIP * self.own_rate:
            self._file.seek(place)
            self._place = place
        while self._place < place:
            if not len(self._read(min(_BLOCK, place - self._place))):
                return

    def _read(self, frames: int) -> Samples:
        block = self._file.read(frames, dtype="int16", always_2d=True)
        self._place += len(block)
        mono: Samples = block.astype(np.int32).mean(axis=1).astype(np.int16)
        return mono


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    """``samples`` at another rate; what would fold down from above the new range is taken out."""
    if rate == wanted or not len(samples):
        return samples
    smooth = samples.astype(np.float64)
    if rate > wanted:
        width = max(1, round(rate / wanted))
        smooth = np.convolve(smooth, np.ones(width) / width, mode="same")
    places = np.arange(len(samples) * wanted // rate) * (rate / wanted)
    result: Samples = np.interp(places, np.arange(len(smooth)), smooth).astype(np.int16)
    return result


def _decode(source: Path, target: Path, called: str) -> None:
    """What libsndfile does not know (AAC in m4a, and the like) by FFmpeg's libraries."""
    if importlib.util.find_spec("av") is None:
        raise SoundProblem(
            f"{called} is in a sound format that cannot be read here (the audio extra reads more)"
        )
    import av

    try:
        with av.open(str(source)) as container, wave.open(str(target), "wb") as out:
            stream = container.streams.audio[0]
            rate = min(stream.rate or MP3_RATES[-1], MP3_RATES[-1])
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(rate)
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
            for frame in container.decode(stream):
                for piece in resampler.resample(frame):
                    out.writeframes(piece.to_ndarray().tobytes())
                    if out.tell() > _MOST_SECONDS * rate:
                        raise SoundProblem(f"{called} is too long for one sound file")
            for piece in resampler.resample(None):
                out.writeframes(piece.to_ndarray().tobytes())
    except (av.FFmpegError, IndexError, OSError, ValueError, wave.Error):
        raise SoundProblem(f"{called} is in no sound format that can be read") from None
