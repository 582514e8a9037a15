"""Our own definitions of words that stories are full of, in words that a child knows.

The list is `story_words.txt` beside this file: `word | part of speech | definition | example |
related words`, the last two optional.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from library.entries import Entry, PartOfSpeech, Sense

_LIST = Path(__file__).with_name("story_words.txt")


@cache
def story_words() -> Mapping[str, Entry]:
    """headword -> entry with one sense."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    entries = (_entry(line) for line in lines if line and not line.startswith("#"))
    return {entry.word: entry for entry in entries}


def _entry(line: str) -> Entry:
    word, name, definition, *rest = (part.strip() for part in line.split("|"))
    part_of_speech = _PART_NAMES[name]
    example, related = (*rest, "", "")[:2]
    sense = Sense(
        part_of_speech=part_of_speech,
        definition=definition,
        examples=(example,) if example else (),
        related_words=tuple(other.strip() for other in related.split(",") if other.strip()),
    )
    return Entry(word=word, senses=(sense,))


_PART_NAMES: dict[str, PartOfSpeech] = {name: name for name in get_args(PartOfSpeech)}
