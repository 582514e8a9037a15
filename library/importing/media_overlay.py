"""EPUB 3 media overlays: the book's own recorded reading, cut to our chapters.

SMIL says which stretch of which sound file an element's text is read in. Words within an
element are spread over its stretch by their letters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import soundfile
from lxml import etree

from ..language.text import flatten
from ..narration.encoding import Mp3Writer, spread
from .archive import Archive, resolve
from .epub import Draft, EpubText
from .imported import ImportedBook, ImportedChapter, ImportProblem, RecordedReading
from .markup import local, parse_xml
from .package import Package

_CLOCK = re.compile(r"(?:(?:(\d+):)?([0-5]?\d):)([0-5]?\d(?:\.\d+)?)")
_COUNT = re.compile(r"(\d+(?:\.\d+)?)(h|min|s|ms)?")
_UNITS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001, None: 1.0}
_BLOCK_FRAMES = 1 << 16


@dataclass(frozen=True)
class Clip:
    """The text element (file, id) read in ``audio`` from ``begin`` to ``end`` seconds."""

    text: tuple[str, str]
    audio: str
    begin: float
    end: float


def seconds(clock: str) -> float:
    """A SMIL clock value in seconds: ``0:23:30``, ``23:30``, ``23.5min``, ``45.3s``, ``56ms``.

    Raises ``ValueError`` for anything else.
    """
    clock = clock.strip()
    full = _CLOCK.fullmatch(clock)
    if full is not None:
        hours, minutes, rest = full.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest)
    count = _COUNT.fullmatch(clock)
    if count is None:
        raise ValueError(clock)
    return float(count.group(1)) * _UNITS[count.group(2)]


def read_clips(archive: Archive, package: Package) -> list[Clip]:
    """Every stretch of the recorded reading, in the order of the book."""
    clips: list[Clip] = []
    for name in dict.fromkeys(item.overlay for item in package.spine if item.overlay):
        root = parse_xml(archive.read(name), name)
        for par in root.iter():
            if local(par) == "par":
                parts = {local(child): child for child in par}
                if "text" in parts and "audio" in parts:
                    clips += _clip(name, parts["text"].get("src", ""), parts["audio"])
    return clips


def _clip(base: str, text: str, audio: etree._Element) -> list[Clip]:
    try:
        begin = seconds(audio.get("clipBegin", "0"))
        end = seconds(audio.get("clipEnd", "0"))
    except ValueError:
        return []
    sound = resolve(base, audio.get("src", ""))[0]
    place = resolve(base, text)
    return [Clip(place, sound, begin, end)] if sound and place[0] and end > begin else []


def wanted_ids(clips: list[Clip]) -> dict[str, frozenset[str]]:
    """The element ids whose words have to be found, by file."""
    found: dict[str, set[str]] = defaultdict(set)
    for clip in clips:
        found[clip.text[0]].add(clip.text[1])
    return {name: frozenset(ids) for name, ids in found.items()}


def add_readings(
    archive: Archive, clips: list[Clip], text: EpubText, book: ImportedBook, folder: Path
) -> None:
    """Give the book's chapters their recorded readings; what cannot be used is a warning."""
    if not clips:
        return
    sounds: dict[str, Path] = {}
    try:
        for name in dict.fromkeys(clip.audio for clip in clips):
            sounds[name] = folder / f"sound-{len(sounds)}{Path(name).suffix}"
            sounds[name].write_bytes(archive.read(name))
            soundfile.info(str(sounds[name]))
        for number, (draft, chapter) in enumerate(zip(text.drafts, book.chapters, strict=True)):
            _add_reading(clips, sounds, draft, chapter, folder / f"chapter-{number}.mp3")
    except ImportProblem as problem:
        book.warnings.append(f"{problem}; its recorded reading is left out")
    except (soundfile.LibsndfileError, OSError):
        for chapter in book.chapters:
            chapter.reading = None
        book.warnings.append("its recorded reading is in a sound format that cannot be read")


def _add_reading(
    clips: list[Clip], sounds: dict[str, Path], draft: Draft, chapter: ImportedChapter, target: Path
) -> None:
    words = flatten(chapter.paragraphs)
    own = sorted(
        ((draft.words_at[clip.text], clip) for clip in clips if clip.text in draft.words_at),
        key=lambda pair: pair[0],
    )
    # A reading that misses the beginning or much of the chapter would leave a child in silence.
    places = sorted({place for place, _ in own if place < len(words)})
    if not places or places[0] != 0:
        return
    rate = soundfile.info(str(sounds[own[0][1].audio])).samplerate
    starts: list[int | None] = [None] * len(words)
    with Mp3Writer(target, rate) as sound:
        for place, clip in own:
            if place < len(words) and starts[place] is None:
                starts[place] = sound.position_ms
            _copy(sounds[clip.audio], clip, sound)
        duration = sound.position_ms
    spread_starts = spread(starts, [len(word) for word in words], duration)
    chapter.reading = RecordedReading(target, duration, spread_starts)


def _copy(source: Path, clip: Clip, sound: Mp3Writer) -> None:
    with soundfile.SoundFile(str(source)) as recorded:
        if recorded.samplerate != sound.rate:
            raise OSError("the recordings have different rates")
        begin = min(int(clip.begin * recorded.samplerate), recorded.frames)
        left = min(int(clip.end * recorded.samplerate), recorded.frames) - begin
        recorded.seek(begin)
        while left > 0:
            block = recorded.read(min(left, _BLOCK_FRAMES), dtype="int16", always_2d=True)
            if not len(block):
                break
            sound.write(block[:, 0])
            left -= len(block)
