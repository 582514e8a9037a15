"""A book's own recorded voice, cut to our chapters.

Words within an element are spread over its stretch of sound by their letters. What the overlay
does not read has no time of its own: its words begin where the next stretch does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ...language.text import flatten
from ...narration.encoding import Mp3Writer, spread
from ...narration.sound_files import SoundProblem, SoundReader
from ..imported import ImportedChapter, ImportProblem, RecordedReading
from .chapters import Draft
from .documents import Document
from .ocf.archive import Archive
from .overlay import Clip

_LEAST_SHARE = 0.02  # of a chapter's words: less is a jingle, and no reading of it


@dataclass(frozen=True)
class _Stretch:
    """Words of a chapter, from ``first`` up to ``after``, and the clip that reads them."""

    first: int
    after: int
    clip: Clip


def add_readings(
    archive: Archive,
    clips: list[Clip],
    documents: list[Document],
    chapters: list[tuple[Draft, ImportedChapter]],
    folder: Path,
    warnings: list[str],
) -> None:
    """Give the book's chapters their recorded readings; what cannot be used is a warning."""
    if not clips:
        return
    anchors = {document.name: document.read.anchors for document in documents}
    with ExitStack() as opened:
        sounds = _open_sounds(archive, clips, folder, warnings, opened)
        by_file: dict[str, list[Clip]] = defaultdict(list)
        for clip in _ended([clip for clip in clips if clip.audio in sounds], sounds):
            by_file[clip.text[0]].append(clip)
        for number, (draft, chapter) in enumerate(chapters):
            stretches = _stretches(by_file, anchors, draft)
            try:
                _add_reading(stretches, sounds, chapter, folder / f"chapter-{number}.mp3", warnings)
            except SoundProblem as problem:
                warnings.append(f"{problem}; the reading of “{chapter.title}” is left out")
    unread = [chapter for _, chapter in chapters if chapter.reading is None]
    if unread and len(unread) < len(chapters):
        warnings.append(
            f"its recorded reading leaves out {len(unread)} of {len(chapters)} chapters"
        )


def _open_sounds(
    archive: Archive, clips: list[Clip], folder: Path, warnings: list[str], opened: ExitStack
) -> dict[str, SoundReader]:
    """The sounds of the clips by name, closed with ``opened``; one that fails is a warning."""
    sounds: dict[str, SoundReader] = {}
    for name in dict.fromkeys(clip.audio for clip in clips):
        path = (folder / f"sound-{len(sounds)}").with_suffix(Path(name).suffix)
        try:
            path.write_bytes(archive.read(name))
            sounds[name] = opened.enter_context(closing(SoundReader(path, name)))
        except (ImportProblem, SoundProblem) as problem:
            warnings.append(f"{problem}; what is read in it is left out")
    return sounds


def _ended(clips: list[Clip], sounds: dict[str, SoundReader]) -> list[Clip]:
    """Clips with an end each: their own, the next one's beginning, or the sound's end."""
    begins: dict[str, list[float]] = defaultdict(list)
    for clip in clips:
        begins[clip.audio].append(clip.begin)
    following = {
        (audio, begin): after
        for audio, times in begins.items()
        for begin, after in pairwise([*sorted(set(times)), sounds[audio].seconds])
    }
    ended = []
    for clip in clips:
        last = sounds[clip.audio].seconds
        end = following[clip.audio, clip.begin] if clip.end is None else clip.end
        if clip.begin < min(end, last):
            ended.append(Clip(clip.text, clip.audio, clip.begin, min(end, last)))
    return ended


def _stretches(
    clips: dict[str, list[Clip]], anchors: dict[str, dict[str, tuple[int, int]]], draft: Draft
) -> list[_Stretch]:
    """A chapter's clips by their words, in the order of the text, no sound twice."""
    placed: list[_Stretch] = []
    for clip in (clip for name in draft.pieces for clip in clips.get(name, ())):
        name, identity = clip.text
        if identity and identity not in anchors[name]:
            continue
        begin, end = anchors[name][identity] if identity else (0, 0)
        first = draft.word_at(name, begin)
        after = draft.word_at(name, end) if end > begin else first
        if first is not None and after is not None and _is_inside(draft, name, begin):
            placed.append(_Stretch(first, after, clip))
    placed.sort(key=lambda stretch: (stretch.first, stretch.clip.begin))
    heard: set[tuple[str, float]] = set()
    once = []
    for stretch in placed:
        sound = (stretch.clip.audio, stretch.clip.begin)
        if sound not in heard:
            heard.add(sound)
            once.append(stretch)
    return once


def _is_inside(draft: Draft, name: str, letter: int) -> bool:
    """Whether a place of a file is in this chapter, where the file holds several."""
    last = draft.pieces[name][-1]
    return letter < last.begin + max(1, sum(map(len, last.words)))


def _add_reading(
    stretches: list[_Stretch],
    sounds: dict[str, SoundReader],
    chapter: ImportedChapter,
    target: Path,
    warnings: list[str],
) -> None:
    words = flatten(chapter.paragraphs)
    ends = [*(stretch.first for stretch in stretches[1:]), len(words)]
    covered = 0
    starts: list[int | None] = [None] * len(words)
    if not stretches:
        return
    rate = Counter(sounds[s.clip.audio].rate for s in stretches).most_common(1)[0][0]
    with Mp3Writer(target, rate) as out:
        for stretch, following in zip(stretches, ends, strict=True):
            after = stretch.after if stretch.after > stretch.first else following
            after = min(after, max(following, stretch.first))
            begins = out.position_ms
            _copy(sounds[stretch.clip.audio], stretch.clip, out)
            own = words[stretch.first : after]
            times = spread(
                [0, *([None] * (len(own) - 1))], list(map(len, own)), out.position_ms - begins
            )
            for number, time in enumerate(times[: len(own)]):
                starts[stretch.first + number] = begins + time
            covered += len(own)
        duration = out.position_ms
    if covered < max(1, _LEAST_SHARE * len(words)):
        return
    filled = _filled(starts, duration)
    chapter.reading = RecordedReading(target, duration, filled)
    if covered < len(words):
        warnings.append(
            f"its recorded reading of “{chapter.title}” covers {covered:,} of {len(words):,} words"
        )


def _filled(starts: list[int | None], duration: int) -> list[int]:
    """Words that nobody reads begin where the next read one does, or at the end."""
    filled: list[int] = []
    following = duration
    for start in reversed(starts):
        following = min(following, start) if start is not None else following
        filled.append(following)
    return filled[::-1]


def _copy(sound: SoundReader, clip: Clip, out: Mp3Writer) -> None:
    for block in sound.between(clip.begin, clip.end or sound.seconds, out.rate):
        out.write(block)
