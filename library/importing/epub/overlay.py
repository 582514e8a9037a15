"""EPUB 3 media overlays: which stretch of which sound reads which element of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..imported import ImportProblem
from .ocf.archive import Archive
from .package import Package
from .xhtml.markup import local, parse_xml

_CLOCK = re.compile(r"(?:(?:(\d+):)?([0-5]?\d):)([0-5]?\d(?:\.\d+)?)")
_COUNT = re.compile(r"(\d+(?:\.\d*)?|\.\d+)\s*(h|min|s|ms)?")
_UNITS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001, None: 1.0}
_MOST_CLIPS = 200_000


@dataclass(frozen=True)
class Clip:
    """The text element (file, id) read in ``audio`` from ``begin`` to ``end`` seconds.

    ``end`` is None where only the next clip, or the sound's end, says it. An empty id is the file.
    """

    text: tuple[str, str]
    audio: str
    begin: float
    end: float | None


def seconds(clock: str) -> float:
    """A SMIL clock value in seconds: ``0:23:30``, ``23:30``, ``23.5min``, ``45.3s``, ``56ms``.

    Raises ``ValueError`` for anything else.
    """
    clock = clock.strip().removeprefix("npt=")
    full = _CLOCK.fullmatch(clock)
    if full is not None:
        hours, minutes, rest = full.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest)
    count = _COUNT.fullmatch(clock)
    if count is None:
        raise ValueError(clock)
    return float(count.group(1)) * _UNITS[count.group(2)]


def read_clips(archive: Archive, package: Package, warnings: list[str]) -> list[Clip]:
    """Every stretch of the recorded reading, in the order of the book, each once."""
    clips: dict[Clip, None] = {}
    overlays = (overlay for item in package.spine for overlay in (item.overlay,) if overlay)
    for name in dict.fromkeys(overlays):
        try:
            root = parse_xml(archive.read_text(name), name)
        except ImportProblem as problem:
            warnings.append(f"{problem}; the recorded reading in it is left out")
            continue
        lost = 0
        for clip in _clips(archive, name, root):
            lost += clip is None
            if clip is not None and len(clips) < _MOST_CLIPS:
                clips.setdefault(clip)
        if lost:
            warnings.append(f"{name} in it holds {lost} stretches of sound that cannot be placed")
    return list(clips)


def _clips(archive: Archive, base: str, root: etree._Element) -> Iterator[Clip | None]:
    for par in root.iter():
        if local(par) == "par":
            parts = {local(child): child for child in par}
            if "text" in parts and "audio" in parts:
                yield _clip(archive, base, parts["text"].get("src", ""), parts["audio"])


def _clip(archive: Archive, base: str, text: str, audio: etree._Element) -> Clip | None:
    begin = _time(audio.get("clipBegin") or audio.get("clip-begin") or "0")
    end = _time(audio.get("clipEnd") or audio.get("clip-end") or "")
    sound = archive.find(base, audio.get("src", ""))[0]
    place = archive.find(base, text)
    if not sound or not place[0] or begin is None or (end is not None and end <= begin):
        return None
    return Clip(place, sound, begin, end)


def _time(clock: str) -> float | None:
    try:
        return seconds(clock)
    except ValueError:
        return None
