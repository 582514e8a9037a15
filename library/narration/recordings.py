"""A recorded reading of a chapter: found in the sound, word by word, and stored with its times.

What else is in the recording may stay there: an announcement, silence, a page read twice. What
stands before the first word or behind the last is cut off. A recording in which too little of the
text is heard is refused with the places that are missing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from ..language.text import flatten, join_words
from ..models import Chapter, Narration
from .alignment import RATE, spoken_parts
from .chapters import prepared, store_narration
from .encoding import Mp3Writer, Samples
from .fitting import Fit, HeardStretch, fit
from .hearing import hear
from .sound_files import SoundProblem, SoundReader
from .spoken import Speech, SpeechProblem

_HISS = 100
_SLOWEST_MS, _FASTEST_MS, _OTHER_MS = 2_000, 110, 900_000
_LEAST_SCORE = 0.5  # of a stretch's words: below, it does not fit
_LEAST_SHARE = 0.75  # of all words, in stretches that fit: below, the recording is refused
_STRETCH_WORDS = 12
_LEAD_MS, _TAIL_MS = 400, 1_200
_MOST_PLACES = 5


@dataclass(frozen=True)
class Recording:
    """A recording that was stored: what share of the words was heard, and which places were not."""

    narration: Narration
    share_heard: float
    places: str

    def __str__(self) -> str:
        heard = f"{self.share_heard:.0%} of the words are heard"
        return f"{heard}; not heard: {self.places}" if self.places else heard


def align_recording(chapter: Chapter, path: Path) -> Recording:
    """Store ``path`` as the chapter's narration, with word times found in the sound.

    Raises ``SpeechProblem`` with one clear line where the sound is no reading of the chapter.
    """
    words = flatten(chapter.paragraphs)
    try:
        sound = SoundReader(path)
    except SoundProblem as problem:
        raise SpeechProblem(str(problem)) from None
    try:
        _check_length(sound, len(words))
        found = _fitted(sound, chapter, words)
        places = _places(words, found.stretches)
        if found.share(_LEAST_SCORE) < _LEAST_SHARE:
            raise SpeechProblem(f"what is spoken in it does not fit the chapter; missing: {places}")
        narration = _stored(chapter, sound, found)
    except SoundProblem as problem:
        raise SpeechProblem(str(problem)) from None
    finally:
        sound.close()
    heard = sum(stretch.score * (stretch.after - stretch.first) for stretch in found.stretches)
    return Recording(narration, heard / len(words), places)


def _check_length(sound: SoundReader, words: int) -> None:
    length = sound.seconds * 1000
    if not _FASTEST_MS * words <= length <= _SLOWEST_MS * words + _OTHER_MS:
        raise SpeechProblem("it is much too long or too short for the chapter")


def _fitted(sound: SoundReader, chapter: Chapter, words: list[str]) -> Fit:
    samples: Samples = np.concatenate(
        [np.zeros(0, np.int16), *sound.between(0, sound.seconds, RATE)]
    )
    if not len(samples) or not _is_loud(samples):
        raise SpeechProblem("there is nothing to be heard in it")
    said = chain.from_iterable(chain.from_iterable(prepared(chapter)))
    spoken = [(part, place) for place, word in enumerate(said) for part in spoken_parts(word.text)]
    if len({place for _, place in spoken}) * 2 < len(words):
        raise SpeechProblem("its text is not in English, which alone is found in recordings here")
    parts = [part for part, _ in spoken]
    return fit(
        parts,
        [place for _, place in spoken],
        [len(word) for word in words],
        hear(samples, parts),
        len(samples) * 1000 // RATE,
        list(_cuts(chapter)),
    )


def _is_loud(sound: Samples) -> bool:
    """Whether some part of the sound is louder than the hiss of an empty room."""
    return float(np.percentile(np.abs(sound.astype(np.int32)), 99)) > _HISS


def _cuts(chapter: Chapter) -> Iterator[int]:
    """The first words of stretches: sentences, short ones together."""
    place = begun = 0
    yield 0
    for sentences in chapter.paragraphs:
        for sentence in sentences:
            if place - begun >= _STRETCH_WORDS:
                begun = place
                yield place
            place += len(sentence)


def _places(words: list[str], stretches: list[HeardStretch]) -> str:
    """The places that do not fit, those that stand together as one, in a line."""
    joined: list[tuple[int, int]] = []
    for stretch in stretches:
        if stretch.score < _LEAST_SCORE:
            if joined and joined[-1][1] == stretch.first:
                joined[-1] = (joined[-1][0], stretch.after)
            else:
                joined.append((stretch.first, stretch.after))
    named = [
        f"“{join_words(words[first : min(after, first + 5)])}…” ({after - first} words)"
        for first, after in joined[:_MOST_PLACES]
    ]
    more = len(joined) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _stored(chapter: Chapter, sound: SoundReader, found: Fit) -> Narration:
    begin = max(0, found.starts_ms[0] - _LEAD_MS)
    end = min(int(sound.seconds * 1000), found.end_ms + _TAIL_MS)
    with tempfile.TemporaryDirectory(prefix="readerai-") as folder:
        target = Path(folder) / "reading.mp3"
        with Mp3Writer(target, sound.rate) as writer:
            delay = writer.position_ms
            for block in sound.between(begin / 1000, end / 1000, sound.rate):
                writer.write(block)
            length = writer.position_ms
        starts = [min(delay + start - begin, length) for start in found.starts_ms]
        speech = Speech(length, starts, Narration.TimingSource.ALIGNED, 0.0)
        return store_narration(chapter, "recorded", speech, target)
