"""Who is in the part read so far: names told from words, and whom "he" or "she" may stand for.

A name is what the book's own list has, or what it writes with a capital inside a sentence and
more often so than small.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from library.language.story_words import story_words
from library.language.wording import LITTLE_WORDS

from ...types import Sentence

Gender = Literal["he", "she"]

_TITLES = "Mr|Mrs|Ms|Dr|Miss|Aunt|Uncle|Grandpa|Grandma|Granny|King|Queen|Captain|Sir|Lady|Princess"
_NAME = re.compile(
    rf"(?:\b(?:{_TITLES})\.? )?\b[A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?(?: [A-Z][^\W\d_]+)*"
)
_INSIDE = re.compile(r"[\w,;’'] $")
_SMALL = re.compile(r"(?<![\w’'])[a-z][^\W\d_]+")
_PRONOUN: Mapping[str, Gender] = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
}  # fmt: skip
_BEARS: Mapping[Gender, re.Pattern[str]] = {
    "he": re.compile(
        r"\b(?:he|his|him|boy|man|father|dad|papa|grandfather|grandpa|uncle|brother|son|king|prince|"
        r"husband|mr|sir|wizard|nephew)\b"
    ),
    "she": re.compile(
        r"\b(?:she|her|hers|girl|woman|lady|mother|mom|mum|mama|grandmother|grandma|granny|aunt|"
        r"sister|daughter|queen|princess|wife|mrs|ms|miss|witch|niece)\b"
    ),
}
_TITLE_OF: Mapping[Gender, re.Pattern[str]] = {
    "he": re.compile(r"^(?:Mr|Uncle|Grandpa|King|Sir|Dad|Papa|Prince)\b"),
    "she": re.compile(r"^(?:Mrs|Ms|Miss|Aunt|Grandma|Granny|Queen|Lady|Princess|Mom|Mum|Mama)\b"),
}
_NO_NAMES = frozenset({"I", "God", "English", "Monday", "Tuesday", "Wednesday", "Thursday",
    "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December", "Christmas", "Oh", "Yes", "No",
})  # fmt: skip
_FEWEST_SIGNS = 2
_DOING = re.compile(r"\b([A-Z][a-z]+) (?:is|was|has|had|said|says|never|always|did|does|will|"
                    r"looked|went|came|knew|thought|took|put|[a-z]{2,}ed)\b")  # fmt: skip
_GIVEN = re.compile(r"\b(?:called|named|name (?:is|was)) ([A-Z][a-z]+)")
_NEAR = 400  # sentences back in which "he" and "she" are counted


@lru_cache(maxsize=32768)
def _capitals(text: str) -> tuple[tuple[str, bool], ...]:
    """(name, whether it stands inside the sentence) of what `text` writes with a capital."""
    found = []
    for name in _NAME.finditer(text):
        before = text[max(0, name.start() - 2) : name.start()]
        found.append((name[0].removesuffix("’s"), _INSIDE.search(before) is not None))
    return tuple(found)


@lru_cache(maxsize=32768)
def _small_words(text: str) -> tuple[str, ...]:
    return tuple(_SMALL.findall(text))


@lru_cache(maxsize=32768)
def _doing(text: str) -> tuple[str, ...]:
    """The words with a capital that do something in `text`, without an article before them."""
    return tuple(_DOING.findall(text))


class NamesSoFar:
    """The names of the part read so far. `people` maps those that the book's list has to who they
    are."""

    def __init__(self, sentences: Sequence[Sentence], people: Mapping[str, str]) -> None:
        self._sentences = sentences
        self._people = people
        inside: Counter[str] = Counter()
        outside: Counter[str] = Counter()
        small: Counter[str] = Counter()
        doing: Counter[str] = Counter()
        given: Counter[str] = Counter()
        for sentence in sentences:
            for name, is_inside in _capitals(sentence.text):
                (inside if is_inside else outside)[name] += 1
            small.update(_small_words(sentence.text))
            doing.update(_doing(sentence.text))
            given.update(_GIVEN.findall(sentence.text))
        self.counts = Counter({
            name: inside[name] + outside[name]
            for name in inside | outside
            if (name not in _NO_NAMES or given[name])
            and (inside[name] or _looks_like_a_name(name, outside[name], doing[name]))
            and small[name.lower()] < inside[name] + (outside[name] if inside[name] else 1)
        })  # fmt: skip
        self._by_word = self._words_of_names(small)

    def _words_of_names(self, small: Counter[str]) -> dict[str, str]:
        """The name that each word of a name belongs to; `small` counts words in small letters."""
        by_word: dict[str, str] = {}
        for name, count in self.counts.most_common():
            for part in name.split():
                word = part.lower().strip(".")
                if small[word] <= count:  # "Silver Shoes" makes no name of "silver"
                    by_word.setdefault(word, name)
        for name in self._people:
            for word in name.split():
                if word[:1].isupper():
                    by_word[word.lower().strip(".")] = name
        return by_word

    def all(self) -> frozenset[str]:
        """Every name, of the book's own list and of the part read."""
        return frozenset((*self._people, *self.counts))

    def of(self, word: str) -> str | None:
        """The name that has this word in it, as the book writes it; None for no name."""
        return self._by_word.get(word.lower().strip(".").removesuffix("'s").removesuffix("’s"))

    def named(self, words: str) -> str | None:
        """The name that `words` are, whole; None where some of them are no part of a name."""
        parts = [part for part in words.split() if part.lower() not in ("the", "a", "an")]
        found = [self.of(part) for part in parts]
        return found[-1] if found and None not in found else None

    def within(self, text: str) -> list[str]:
        """The names in `text`, whatever their letters' size, in the order they stand there."""
        words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", text)
        return list(dict.fromkeys(name for word in words if (name := self.of(word)) is not None))

    def gender(self, name: str) -> Gender | None:
        """Whether the book says "he" or "she" of somebody, where it plainly does."""
        for gender, title in _TITLE_OF.items():
            if title.search(name):
                return gender
        about = self._people.get(name, "").lower()
        if about:
            told = {gender: len(sign.findall(about)) for gender, sign in _BEARS.items()}
            first = min(
                (found.start(), gender)
                for gender, sign in _BEARS.items()
                if (found := sign.search(about)) is not None
            ) if any(told.values()) else None  # fmt: skip
            if first is not None:
                return first[1]
        counted = self._said_of(name)
        for gender, other in (("he", "she"), ("she", "he")):
            if counted[gender] >= _FEWEST_SIGNS and counted[gender] > 2 * counted[other]:
                return "he" if gender == "he" else "she"
        return None

    def _said_of(self, name: str) -> Counter[str]:
        """How often "he" and "she" follow the name with no other name in between."""
        counted: Counter[str] = Counter()
        near = 0
        for sentence in self._sentences[-_NEAR:]:
            mentioned = self.within_cased(sentence.text)
            if name in mentioned:
                near = 1 if len(mentioned) == 1 else 0
                after = sentence.text[sentence.text.find(name.rsplit(maxsplit=1)[-1]) :]
                if len(mentioned) > 1:
                    continue
            elif mentioned or not near:
                near = 0
                continue
            else:
                near, after = 0, sentence.text
            told = re.sub(r"“[^”]*”?", " ", after).lower()
            counted.update(_PRONOUN[word] for word in re.findall(r"[a-z]+", told)
                           if word in _PRONOUN)  # fmt: skip
        return counted

    def within_cased(self, text: str) -> list[str]:
        """The names that `text` writes as names."""
        found = (self.of(word) for name, _ in _capitals(text) for word in name.split()[-1:])
        return list(dict.fromkeys(name for name in found if name is not None))

    def stands_for(self, pronoun: str, texts: Iterable[str]) -> str | None:
        """The nearest name that "he" or "she" may stand for, `texts` being the nearest first.

        None where there is none, or where two that fit stand in the same text equally near.
        """
        gender = _PRONOUN.get(pronoun)
        if gender is None:
            return None
        for text in texts:
            fitting = [name for name in self.within_cased(text) if self.gender(name) == gender]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None


def _looks_like_a_name(name: str, count: int, doing: int) -> bool:
    """Whether a word that begins sentences only is a name: no other word, or one that does things
    without "the" before it ("Art is the careful one")."""
    word = name.rsplit(maxsplit=1)[-1].lower()
    if word in LITTLE_WORDS or (count < _FEWEST_SIGNS and " " not in name):
        return False
    return word not in story_words() or doing >= _FEWEST_SIGNS
