"""Reading WordNet's own files: `index.*` by binary search, `data.*` by byte offset.

The files are mapped, not loaded: a process pays for the pages that its words live on, and all
processes of a machine share them. The format is WordNet's `wndb(5WN)` and `senseidx(5WN)`.
"""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from library.language.entries import PartOfSpeech

_FILES: dict[PartOfSpeech, str] = {
    "noun": "noun", "verb": "verb", "adjective": "adj", "adverb": "adv",
}  # fmt: skip
_LETTERS: dict[str, PartOfSpeech] = {
    "n": "noun", "v": "verb", "a": "adjective", "s": "adjective", "r": "adverb",
}  # fmt: skip
_SENSE_KEY_PARTS: dict[bytes, PartOfSpeech] = {
    b"1": "noun", b"2": "verb", b"3": "adjective", b"4": "adverb", b"5": "adjective",
}  # fmt: skip
_QUOTED = re.compile(r'"([^"]+)"')
_MARKER = re.compile(r"\([a-z]+\)$")


@dataclass(frozen=True, slots=True)
class Synset:
    """One meaning with the words that share it.

    `named` says that it is about one person or place, `parents` are the words of the wider
    meanings, `usages` the first words of usage labels ("ethnic_slur", "slang"), `topic` is the
    number of WordNet's file, see `lexnames(5WN)`.
    """

    part_of_speech: PartOfSpeech
    offset: int
    words: tuple[str, ...]
    gloss: str
    examples: tuple[str, ...]
    parents: tuple[str, ...]
    usages: tuple[str, ...]
    named: bool
    topic: int


class WordNet:
    """A WordNet `dict` folder. Raises `OSError` or `ValueError` when files are missing or empty."""

    def __init__(self, folder: Path) -> None:
        self._index = {part: _map(folder / f"index.{name}") for part, name in _FILES.items()}
        self._data = {part: _map(folder / f"data.{name}") for part, name in _FILES.items()}
        self._senses = _map(folder / "index.sense")

    def synsets(self, word: str, part: PartOfSpeech) -> tuple[Synset, ...]:
        """The meanings of a headword as one part of speech, the commonest first."""
        line = _line_with_key(self._index[part], _key(word) + b" ")
        if line is None:
            return ()
        fields = line.split()
        count = int(fields[2])
        return tuple(self._synset(part, int(offset)) for offset in fields[-count:])

    def frequencies(self, word: str) -> dict[tuple[PartOfSpeech, int], int]:
        """How often each meaning was seen in tagged text, by part of speech and offset."""
        found: dict[tuple[PartOfSpeech, int], int] = {}
        for line in _lines_from(self._senses, _key(word) + b"%"):
            sense_key, offset, _number, seen = line.split()
            part = _SENSE_KEY_PARTS[sense_key.split(b"%")[1][:1]]
            found[part, int(offset)] = int(seen)
        return found

    def _synset(self, part: PartOfSpeech, offset: int, *, deep: bool = True) -> Synset:
        raw = self._line_at(part, offset)
        head, _, gloss = raw.partition(" | ")
        fields = head.split()
        words_end = 4 + 2 * int(fields[3], 16)
        words = tuple(_MARKER.sub("", word) for word in fields[4:words_end:2])
        pointers = _pointers(fields[words_end + 1 :], int(fields[words_end]))
        parents: list[str] = []
        usages: list[str] = []
        for symbol, target_part, target in pointers if deep else ():
            if symbol in ("@", "@i"):
                parents.extend(self._synset(target_part, target, deep=False).words)
            elif symbol == ";u":
                usages.append(self._synset(target_part, target, deep=False).words[0])
        return Synset(
            part_of_speech=part,
            offset=offset,
            words=words,
            gloss=gloss.split('; "')[0].split(' "')[0].strip(),
            examples=tuple(_QUOTED.findall(gloss)),
            parents=tuple(parents),
            usages=tuple(usages),
            named=any(symbol == "@i" for symbol, _, _ in pointers),
            topic=int(fields[1]),
        )

    def _line_at(self, part: PartOfSpeech, offset: int) -> str:
        data = self._data[part]
        end = data.find(b"\n", offset)
        return data[offset : end if end >= 0 else len(data)].decode("utf-8", "replace")


def _map(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _key(word: str) -> bytes:
    return word.replace(" ", "_").encode("utf-8")


def _pointers(fields: list[str], count: int) -> tuple[tuple[str, PartOfSpeech, int], ...]:
    rows = (fields[4 * i : 4 * i + 4] for i in range(count))
    return tuple((symbol, _LETTERS[part], int(offset)) for symbol, offset, part, _ in rows)


def _line_with_key(lines: mmap.mmap, key: bytes) -> bytes | None:
    return next(_lines_from(lines, key), None)


def _lines_from(lines: mmap.mmap, key: bytes) -> Iterator[bytes]:
    """The lines that begin with `key`, in a file sorted by bytes."""
    low, high = 0, len(lines)
    while low < high:  # lines that start before `low` are smaller than the key
        middle = (low + high) // 2
        start = lines.rfind(b"\n", 0, middle) + 1
        end = lines.find(b"\n", middle)
        end = len(lines) if end < 0 else end
        if lines[start : start + len(key)] < key:
            low = end + 1
        else:
            high = start
    while lines[low : low + len(key)] == key and low < len(lines):
        end = lines.find(b"\n", low)
        end = len(lines) if end < 0 else end
        yield lines[low:end]
        low = end + 1
