"""What a child meant who wrote a word by its sound: "dorthy", "wickid", "chello"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from library.language.lemmas import word_set
from library.language.spelling import slips
from library.language.story_words import story_words
from library.language.wording import LITTLE_WORDS

from ...types import Dictionary
from ..data import data_rows

_SHORTEST = 4
_SHORTEST_BY_SOUND = 3
_SURE_LENGTH = 6
_MOST_MENDED = 5  # a text with more words that nobody knows is no question in English
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITAL = re.compile(r"(?<=\w )[A-Z][^\W\d_]+")
_SOUNDS = (
    ("tion", "shn"), ("sion", "shn"), ("shun", "shn"), ("cian", "shn"), ("ture", "chr"),
    ("ight", "it"), ("ph", "f"), ("gh", "g"),
    ("ck", "k"), ("tch", "ch"), ("qu", "kw"), ("wh", "w"), ("wr", "r"),
    ("kn", "n"), ("mb", "m"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("z", "s"),
    ("x", "ks"), ("ee", "i"), ("ea", "i"), ("ie", "i"), ("ai", "a"), ("ay", "a"), ("ey", "i"),
    ("y", "i"), ("oo", "u"), ("ou", "u"), ("ow", "o"), ("oa", "o"), ("aw", "o"), ("au", "o"),
    ("er", "r"), ("ur", "r"), ("ir", "r"), ("or", "r"), ("le", "l"), ("el", "l"), ("e", ""),
)  # fmt: skip


def respelled(
    words: str,
    read: Mapping[str, int],
    names: Iterable[str],
    dictionary: Dictionary | None,
    *,
    written: str = "",
) -> tuple[str, frozenset[str]]:
    """`words` with those that nobody knows put right, and which words were guessed at.

    `read` has how often each word of the book so far was read, in small letters. What has a
    capital inside the question as it was `written` is a name, and no slip of a common word.
    """
    near = {word: count for word, count in read.items() if word not in LITTLE_WORDS}
    parts = {part.lower().strip(".") for name in names for part in name.split()}
    called = {part: read.get(part, 1) for part in parts}
    near.update(called)
    unknown = _unknown(words, near, dictionary)
    if not unknown or len(unknown) > _MOST_MENDED:
        return words, frozenset()
    known = {**dict.fromkeys(_question_words(), 0), **near}
    named = {name.lower() for name in _CAPITAL.findall(written)}
    better = {part: meant(part, called if part in named else known) for part in unknown}
    mended = _LETTERS.sub(lambda found: better.get(found[0]) or found[0], words)
    return mended, frozenset(word for word in better.values() if word in near)


def meant(word: str, known: Mapping[str, int]) -> str | None:
    """The word of `known` (word -> how often it was read) that is nearest to `word`, if any is.

    One slip is forgiven in a short word, two in a long one; a word of the same sound is nearer
    than any other.
    """
    if len(word) < _SHORTEST_BY_SOUND or not word.isalpha():
        return None
    best = min(_near(word, known), default=None)
    return None if best is None else best[2]


def _near(word: str, known: Mapping[str, int]) -> Iterator[tuple[float, int, str]]:
    most = 0 if len(word) < _SHORTEST else 1 if len(word) < _SURE_LENGTH else 2
    letters, sound = set(word), _sound(word)
    for other, count in known.items():
        if other == word or len(other) < _SHORTEST_BY_SOUND or abs(len(other) - len(word)) > 3:
            continue
        if other[0] == word[0] and len(sound) > 1 and _sound(other) == sound:
            yield 0.5, -count, other
            continue
        # Counting letters is far quicker than comparing spellings, and leaves out nearly all.
        if len(letters.difference(other)) > most or len(set(other) - letters) > most:
            continue
        apart = slips(word, other, most) + (other[0] != word[0])
        if apart <= most and len(other) >= _SHORTEST:
            yield apart, -count, other


@lru_cache(maxsize=32768)
def _sound(word: str) -> str:
    """A key that words of one sound share, roughly."""
    for old, new in _SOUNDS:
        word = word[:1] + word[1:].replace(old, new) if len(old) == 1 else word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


def _unknown(words: str, near: Mapping[str, int], dictionary: Dictionary | None) -> list[str]:
    return [part for part in _LETTERS.findall(words)
            if part.strip("'") not in near and _is_unknown(part, dictionary)]  # fmt: skip


def _is_unknown(word: str, dictionary: Dictionary | None) -> bool:
    bare = word.replace("'", "").replace("’", "")
    if word in LITTLE_WORDS or word in _question_words() or len(bare) < _SHORTEST_BY_SOUND:
        return False
    if "'" in word or "’" in word:
        return False
    return dictionary is None or not dictionary.knows(word)


@cache
def _question_words() -> Mapping[str, int]:
    """The words that questions are made of, and all that we explain."""
    asked = {word for row in data_rows("misspelt.txt") for word in row[0].split()}
    asked |= word_set(
        "summary recap character characters confused explained title author pronounce define"
        " definition describe explain reason spell spelled simpler else ending"
    )
    return dict.fromkeys((*asked, *(word for word in story_words() if word.isalpha())), 0)
