"""A program of its own that speaks with hibari (``python -m`` its name).

Job: ``Script.as_job`` with ``target``, ``voice``, and ``model``, the voice's file, for a voice
that is not in the package. Answer: ``{"wordStartsMs", "durationMs", "cpuSeconds"}``.

The model decides how many frames each phoneme lasts before it makes any sound. That decision is
inside its graph; asked for beside the sound, it gives when every word begins.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ..encoding import Samples
from ..speech_text.said import SpokenWord
from .performing import SentenceSound, perform_script
from .phonemes import REST, Phonemes, in_chunks, phonemes_of
from .serving import answer_jobs

# The node that has each phoneme's frames, in the graph of every hibari voice of this version.
_DURATIONS = b"/Cast_32_output_0"
_GRAPH, _OUTPUT, _NAME = b"\x3a", b"\x62", b"\x0a"
_AHEAD_MS = 25
_AHEAD_AFTER_REST_MS = 60
_LEAD_MS = 40
_SILENCE = 0.01
_SEED = 7


class HibariModel:
    """One voice, loaded."""

    def __init__(self, voice: str, model: str) -> None:
        import hibari
        from hibari import dsp
        from hibari.voices import voice_path

        path = Path(model or voice_path(voice, download_missing=False))
        self._tts: Any = hibari.Hibari(voice=voice, model=_with_durations(path.read_bytes()))
        self.rate: int = hibari.SAMPLE_RATE
        self._synth: Any = dsp.synth

    def say(self, words: list[SpokenWord], speed: float) -> SentenceSound:
        pieces: list[Samples] = []
        starts: list[int | None] = [None] * len(words)
        length = 0
        for chunk in in_chunks(phonemes_of(words, self._tts.g2p)):
            samples, firsts = self._say(chunk, len(words), speed)
            for place, first in enumerate(firsts):
                if first is not None and starts[place] is None:
                    starts[place] = length + first
            pieces.append(samples)
            length += len(samples)
        return SentenceSound(np.concatenate(pieces), starts)

    def _say(self, chunk: Phonemes, words: int, speed: float) -> tuple[Samples, list[int | None]]:
        known = [place for place, sign in enumerate(chunk.signs) if sign in self._tts.vocab]
        chunk = Phonemes(
            "".join(chunk.signs[place] for place in known), [chunk.owners[p] for p in known]
        )
        firsts = chunk.first_sounds(words)
        if all(first is None for first in firsts):
            return np.zeros(0, dtype=np.int16), firsts
        *spectrum, frames = self._tts.sess.run(
            None,
            {
                "ids": np.asarray([self._tts.ids(chunk.signs)], np.int64),
                "speed": np.asarray([speed], np.float32),
            },
        )
        # The noise in a voice's breath is drawn alike each time: the same text, the same sound.
        wave = self._synth(*(part[0] for part in spectrum), np.random.default_rng(_SEED))
        starts = _starts(chunk, firsts, frames, len(wave), self.rate)
        return _led_in(wave, starts, self.rate)


def _starts(
    chunk: Phonemes, firsts: list[int | None], frames: Any, samples: int, rate: int
) -> list[int | None]:
    """At which sample each word begins.

    A duration counts frames of the encoder, each several of the sound's; before the first sign
    stands a silent one. The sound runs ahead of the signs: a word is heard from about one frame
    before the space in front of it, which has no silence in running speech, and after a rest from
    a little before its first sign (``bench/word_times.py`` says how well that holds).
    """
    frame = samples // int(np.sum(frames))
    begins = np.cumsum(frames) * frame
    early = rate * _AHEAD_MS // 1000
    after_rest = rate * _AHEAD_AFTER_REST_MS // 1000
    starts: list[int | None] = []
    for first in firsts:
        if first is None:
            starts.append(None)
            continue
        runs_on = first > 1 and chunk.signs[first - 1] == " " and chunk.signs[first - 2] not in REST
        ahead = int(frames[first]) * frame + early if runs_on else after_rest
        starts.append(max(0, int(begins[first]) - ahead))
    return starts


def _led_in(wave: Any, starts: list[int | None], rate: int) -> tuple[Samples, list[int | None]]:
    """Without the silence before the first word, but for a moment."""
    loud = np.flatnonzero(np.abs(wave) > _SILENCE)
    known = [place for place, start in enumerate(starts) if start is not None]
    if len(loud):
        starts = [*starts]
        starts[known[0]] = int(loud[0])
    lead = max(0, min(starts[place] or 0 for place in known) - rate * _LEAD_MS // 1000)
    samples: Samples = (np.clip(wave[lead:], -1, 1) * 32767).astype(np.int16)
    return samples, [None if start is None else start - lead for start in starts]


def _with_durations(model: bytes) -> bytes:
    """The model with one more output. In protocol buffers a message that comes twice is merged
    (protobuf.dev/programming-guides/encoding, "Last One Wins"), so its description is appended:
    ``ModelProto.graph`` (7) with ``GraphProto.output`` (12) with ``ValueInfoProto.name`` (1)."""
    output = _field(_OUTPUT, _field(_NAME, _DURATIONS))
    return model + _field(_GRAPH, output)


def _field(tag: bytes, content: bytes) -> bytes:
    assert len(content) < 128
    return tag + bytes([len(content)]) + content


_loaded = lru_cache(maxsize=2)(HibariModel)


def _speak(job: dict[str, Any]) -> dict[str, Any]:
    voice = _loaded(job["voice"], job["model"])
    return perform_script(job, voice.rate, lambda words: voice.say(words, job["speed"]))


if __name__ == "__main__":
    sys.exit(answer_jobs(_speak))
