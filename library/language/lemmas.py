"""From a word as it stands in a text to its headword: "geese" -> "goose", "happier" -> "happy".

`headwords` proposes candidates for a dictionary to check; `stem` gives one key per word family
for comparing words where no dictionary is at hand.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from simplemma.strategies import DictionaryLookupStrategy

from library.language.entries import PartOfSpeech
from library.language.irregular import IRREGULAR

_VOWELS = frozenset("aeiouy")
_RULES: tuple[tuple[PartOfSpeech, str, tuple[str, ...]], ...] = (
    ("noun", "ies", ("y", "ie")),
    ("noun", "ves", ("f", "fe", "ve")),
    ("noun", "men", ("man",)),
    ("noun", "es", ("e", "")),
    ("noun", "s", ("",)),
    ("verb", "ies", ("y", "ie")),
    ("verb", "es", ("e", "")),
    ("verb", "s", ("",)),
    ("verb", "ied", ("y", "ie")),
    ("verb", "ed", ("e", "")),
    ("verb", "ing", ("e", "")),
    ("adjective", "iest", ("y",)),
    ("adjective", "ier", ("y",)),
    ("adjective", "est", ("e", "")),
    ("adjective", "er", ("e", "")),
    ("adverb", "est", ("",)),
    ("adverb", "er", ("",)),
)
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_OWNS = re.compile(r"['’ʼ]s\W*$", re.IGNORECASE)
_HISSING = ("s", "x", "z", "ch", "sh", "o")
_LISTED = DictionaryLookupStrategy()


class Headword(NamedTuple):
    """A possible headword; `part_of_speech` is None where the form does not tell."""

    word: str
    part_of_speech: PartOfSpeech | None


def plain(word: str) -> str:
    """`word` in lower case without punctuation around it and without a possessive 's."""
    bare = _EDGES.sub("", word.translate(_APOSTROPHES).lower())
    return bare.removesuffix("'s")


@lru_cache(maxsize=16_384)
def headwords(word: str) -> tuple[Headword, ...]:
    """Candidates for `word`, likeliest first.

    Irregular forms come from our own table, then the word itself, its forms by rule, and last
    what simplemma's list knows ("gentlemen", "oases", "spake").
    """
    bare = plain(word)
    found = [Headword(base, part) for base, part in IRREGULAR.get(bare, ())]
    found.append(Headword(bare, None))
    if _OWNS.search(word):
        return tuple(found)  # what owns stands as it is: "James's" is about no jam
    for part, ending, replacements in _RULES:
        if not bare.endswith(ending) or len(bare) - len(ending) < 2:
            continue
        root = bare.removesuffix(ending)
        if part == "noun" and bare.endswith("ss"):
            continue
        if ending == "es" and not root.endswith(_HISSING):
            continue  # "James" is no "jam"; "games" is "game" by its s
        bases = [root + replacement for replacement in replacements]
        if part in ("verb", "adjective") and _doubled(root):
            bases.insert(0, root[:-1])
        found.extend(Headword(base, part) for base in bases)
    known = _LISTED.get_lemma(bare, "en")
    if known is not None and known.islower() and all(form.word != known for form in found):
        found.append(Headword(known, None))
    return tuple(dict.fromkeys(found))


def share_headword(word: str, other: str) -> bool:
    """Whether two words may be forms of one: "wolf" and "wolves", but not "fare" and "far"."""
    own = {form.word for form in headwords(word)}
    return any(form.word in own for form in headwords(other))


def adjectives_behind(word: str) -> tuple[Headword, ...]:
    """Adjectives that an adverb in -ly may be made of: "slowly" -> "slow", "gently" -> "gentle"."""
    bare = plain(word)
    if not bare.endswith("ly") or len(bare) < 4:
        return ()
    root = bare.removesuffix("ly")
    bases = [root, f"{root}le", f"{root}l", f"{root}e"]
    if root.endswith("i"):
        bases.insert(0, f"{root[:-1]}y")
    if root.endswith("al"):
        bases.append(root.removesuffix("al"))
    return tuple(Headword(base, "adjective") for base in bases)


def stem(word: str) -> str:
    """One key for all forms of a word, as good as it can be without a dictionary.

    "cry", "cries", "cried" and "crying" share a key, as do "run", "ran" and "running". The key is
    for comparing only: it need not be a word.
    """
    bare = plain(word)
    if bare in IRREGULAR:
        bare = IRREGULAR[bare][0][0]
    root = _without_ending(bare)
    if root.endswith("e") and len(root) > 3:
        root = root[:-1]
    if _doubled(root) and len(root) > 3:
        root = root[:-1]
    if root.endswith("y") and len(root) > 2 and root[-2] not in _VOWELS:
        root = root[:-1] + "i"
    return root


def _without_ending(bare: str) -> str:
    for ending, replacement in (
        ("iest", "y"), ("ier", "y"), ("ies", "y"), ("ied", "y"), ("ily", "y"),
        ("ves", "f"), ("ing", ""), ("ed", ""), ("ly", ""), ("es", "e"), ("s", ""),
    ):  # fmt: skip
        if not bare.endswith(ending) or bare.endswith(("ss", "us", "is", "eed")):
            continue
        root = bare.removesuffix(ending)
        if len(root) >= 2 and not _VOWELS.isdisjoint(root):
            return root + replacement
    return bare


def _doubled(root: str) -> bool:
    return len(root) > 2 and root[-1] == root[-2] and root[-1] not in _VOWELS


def word_set(text: str) -> frozenset[str]:
    """The words of `text` as a set: how this project writes its word lists."""
    return frozenset(text.split())
