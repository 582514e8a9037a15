"""From what a child typed to plain words: "my DADDYY h1ts me,dont tel" -> "my daddy hits me . …".

Small letters without accents and apostrophes, contractions written out, digits and signs that
stand for letters read as letters, runs of one letter shortened, words that ran together parted, and
slips in the words that matter mended. Sentences end in a "." that is a word of its own.
"""

import re
import unicodedata
from functools import cache, lru_cache

from .. import data
from .lexicon import lexicon

#: Digits and signs that stand for letters; some stand for either of two.
_SIGNS = tuple(
    str.maketrans("01345789@$!|+", letters) for letters in ("oieastbgasiit", "oleastbgasllt")
)
_APOSTROPHES = re.compile(r"(?<=\w)[’‘'`´ʼ](?=\w)")
_END = re.compile(r"[.?!;:\n¿¡…()\[\]]+|\s[-–—]+\s|,")
_TOKEN = re.compile(r"[\w@$!|'*]+|\.|\"|_")
_RUN = re.compile(r"(.)\1{2,}")
_LONGEST_TEXT = 2000
_SHORTEST_MENDED = 5
_VOWELS = frozenset("aeiouy")
_SPELLED = re.compile(r"\b(?:[a-z][ .\-*_]){2,}[a-z]\b")


def plain_words(text: str) -> list[str]:
    """The words of `text` as described above."""
    flat = text[:_LONGEST_TEXT].lower()
    if not flat.isascii():
        letters = unicodedata.normalize("NFKD", flat)
        flat = "".join(letter for letter in letters if not unicodedata.combining(letter))
    flat = _APOSTROPHES.sub("", flat)
    flat = _SPELLED.sub(lambda found: re.sub(r"[^a-z]", "", found.group()), flat)
    flat = _END.sub(lambda found: " , " if found.group() == "," else " . ", flat)
    words: list[str] = []
    for token in flat.replace(",", " ").split():
        words.extend(_read(token))
    return _replaced(words)


@lru_cache(maxsize=20_000)
def _read(token: str) -> tuple[str, ...]:
    """One token as words."""
    if token in (".", "_"):
        return (token,)
    if token.isdigit():
        return (token,)
    bare = _as_letters(token)
    if not bare:
        return ()
    if bare in _known() or bare in _one_for_one():
        return (bare,)
    for shorter in (_RUN.sub(r"\1\1", bare), _RUN.sub(r"\1", bare), re.sub(r"(.)\1+", r"\1", bare)):
        if shorter != bare and (shorter in _known() or shorter in _one_for_one()):
            return (shorter,)
    bare = _RUN.sub(r"\1", bare)
    parts = _parted(bare)
    if parts:
        return parts
    return (_mended(bare),)


def _as_letters(token: str) -> str:
    bare = token.strip("_*~'\"-")
    if any(letter.isalpha() for letter in bare) and not bare.isalpha():
        if bare in _one_for_one():
            return bare
        stem = re.sub(r"[!|.]+$", "", bare)
        readings = [re.sub(r"[^\w]|_", "", stem.translate(signs)) for signs in _SIGNS]
        return next((word for word in readings if word in _known()), readings[0])
    return re.sub(r"[^\w]|_", "", bare)


def _parted(token: str) -> tuple[str, ...]:
    """A token as two to five known words, the fewest that do; () where there are none."""
    if not _SHORTEST_MENDED <= len(token) <= 40:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(token)
    for end in range(1, len(token) + 1):
        for start in range(max(0, end - 12), end):
            before, word = best[start], token[start:end]
            if before is None or word not in _joinable() or len(before) >= 5:
                continue
            now = best[end]
            if now is None or len(before) + 1 < len(now):
                best[end] = (*before, word)
    return best[-1] or ()


def _mended(token: str) -> str:
    """The word that matters of which `token` is one slip away, or `token` itself."""
    key = _sound(token)
    by_sound = _by_sound().get(key) if len(token) > 3 else None
    if by_sound:
        return by_sound
    if _VOWELS.isdisjoint(token) and len(token) > 2:
        return _by_consonants().get(token, token)
    if len(token) < _SHORTEST_MENDED:
        return token
    for candidate in sorted({token, *_shortened(token)}):
        for word in _by_deletion().get(candidate, ()):
            if word[0] == token[0] and _is_one_slip(word, token):
                return word
    return token


def _is_one_slip(word: str, token: str) -> bool:
    """Whether one letter was left out, added, changed, or swapped with the next."""
    if len(word) != len(token):
        longer, shorter = sorted((word, token), key=len, reverse=True)
        return len(longer) - len(shorter) == 1 and shorter in _shortened(longer)
    wrong = [at for at in range(len(word)) if word[at] != token[at]]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        return (word[wrong[0]], word[wrong[1]]) == (token[wrong[1]], token[wrong[0]])
    return len(wrong) == 1


def _sound(word: str) -> str:
    """A key that words of one sound share, in English and in Spanish spelling."""
    for old, new in (
        ("ph", "f"), ("ck", "k"), ("qu", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "b"),
        ("ll", "y"), ("gh", ""), ("h", ""), ("ee", "i"), ("ea", "i"), ("ie", "i"), ("y", "i"),
        ("oo", "u"), ("ou", "u"),
    ):  # fmt: skip
        word = word.replace(old, new)
    word = re.sub(r"(.)\1+", r"\1", word)
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@cache
def _known() -> frozenset[str]:
    common = {word for line in data.lines("common_words.txt") for word in line.split()}
    return frozenset(common | {word for phrase in lexicon() for word in phrase.split()})


def is_common_word(word: str) -> bool:
    """Whether it is a word that children use, and so hardly anybody's name."""
    return word.lower() in _common()


@cache
def _common() -> frozenset[str]:
    names = {name.lower() for name in data.toml("sentences/slots.toml")["name"]}
    return _known() - names


@cache
def _that_matter() -> tuple[str, ...]:
    """Words whose slips are mended: of the lists and of spelling.tsv, from four letters on."""
    words = {word for phrase in lexicon() for word in phrase.split() if len(word) > 3}
    words |= {typed[0] for typed in _replacements() if len(typed) == 1 and typed[0].endswith("nt")}
    return tuple(sorted(words, key=lambda word: (len(word), word)))


@cache
def _by_sound() -> dict[str, str]:
    return {_sound(word): word for word in reversed(_that_matter())}


@cache
def _by_consonants() -> dict[str, str]:
    """Words by what is left without vowels: "hts" for "hits", "tch" for "touch"."""
    return {
        "".join(letter for letter in word if letter not in _VOWELS): word
        for word in reversed(_that_matter())
        if len(word) < 8
    }


@cache
def _by_deletion() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in _that_matter():
        if len(word) >= _SHORTEST_MENDED:
            for part in (word, *_shortened(word)):
                found[part] = (*found.get(part, ()), word)
    return found


def _shortened(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


@cache
def _joinable() -> frozenset[str]:
    """Words that children run together: those of the lists and little words."""
    little = (
        "i a to the my me is am be do not dont want it so at in of and he she they all time kill"
        " die wanna gonna im hits hurts mi me que yo no se muy quiero a la"
    )
    lists = {word for phrase in lexicon() for word in phrase.split() if len(word) > 2}
    return frozenset(lists | set(little.split()))


@cache
def _replacements() -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in data.lines("spelling.tsv"):
        typed, meant = line.split("\t")
        found[tuple(typed.replace("'", "").split())] = tuple(meant.split())
    return found


@cache
def _one_for_one() -> frozenset[str]:
    return frozenset(word for typed in _replacements() for word in typed)


@cache
def _begins() -> frozenset[str]:
    """The words that something to be written out begins with."""
    return frozenset(typed[0] for typed in _replacements())


def _replaced(words: list[str]) -> list[str]:
    """`words` with the wordings of spelling.tsv written out, longest first."""
    done: list[str] = []
    at = 0
    begins = _begins()
    while at < len(words):
        if words[at] not in begins:
            done.append(words[at])
            at += 1
            continue
        for size in (3, 2, 1):
            meant = _replacements().get(tuple(words[at : at + size]))
            if meant is not None and len(words) - at >= size:
                done.extend(meant)
                at += size
                break
        else:
            done.append(words[at])
            at += 1
    return done
