"""Our own definitions of words that stories are full of, in words that a child knows.

The list is `story_words.txt` beside this file: `word | part of speech | definition | example |
related words | clues`, the last three optional. A word with several meanings has a line for each,
the one that stories use most first; clues are words that stand near a word with that
meaning, or phrases that it is part of, as `story_senses.py` reads them: "~ asleep", "~ *ing".
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from library.language.entries import Entry, PartOfSpeech, Sense

_LIST = Path(__file__).with_name("story_words.txt")
_PART_NAMES: dict[str, PartOfSpeech] = {name: name for name in get_args(PartOfSpeech)}


@cache
def story_words() -> Mapping[str, Entry]:
    """headword -> entry with its senses as they stand in the list."""
    senses: dict[str, tuple[Sense, ...]] = {}
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, sense = _sense(line)
            senses[word] = (*senses.get(word, ()), sense)
    return {word: Entry(word, found) for word, found in senses.items()}


def _sense(line: str) -> tuple[str, Sense]:
    word, name, definition, *rest = (part.strip() for part in line.split("|"))
    example, related, clues = (*rest, "", "", "")[:3]
    sense = Sense(
        part_of_speech=_PART_NAMES[name],
        definition=definition,
        examples=(example,) if example else (),
        related_words=_words(related),
        clues=_words(clues),
    )
    return word, sense


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
