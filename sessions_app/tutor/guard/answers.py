"""What a tutor's words must not do to a child: the rules of answers.txt.

The words are also turned around ("you should be dead" -> "i should be dead") and looked at as a
child's: what would be grave if a child said it of themself, no tutor says to a child.
"""

from collections.abc import Sequence
from functools import cache

from library.language.lemmas import word_set

from . import data
from .recognition.pattern_index import PatternIndex
from .recognition.patterns import Pattern, compiled
from .recognition.rules import wishes_to_die
from .recognition.sentences import TaggedWords
from .recognition.spelling import plain_words
from .recognition.story_talk import without_quotations

_TURNED = {
    "you": "i", "your": "my", "yourself": "myself", "yours": "mine", "are": "am",
    "tu": "mi", "te": "me", "i": "you", "my": "your", "myself": "yourself", "am": "are",
}  # fmt: skip
_DIRECT = word_set("you your yourself tu te")
#: A kind answer speaks of such things to lead to help.
_HELPING = word_set(
    "tell told telling help helps teacher teachers safe safely fault brave sorry trust nurse"
    " counselor diselo dile ayuda ayudar maestra culpa confianza if when si cuando story book"
)


def harmful_kind(text: str) -> str | None:
    """Which rule of answers.txt a text breaks ("secret", "harm", "cruel", "private"), or None."""
    for sentence in _sentences(plain_words(without_quotations(text))):
        tagged = TaggedWords(sentence)
        for kind, _ in _never_said().matching(tagged):
            if not _is_comfort(kind, sentence):
                return kind
        if _is_turned_on_child(sentence):
            return "harm"
    return None


def _is_comfort(kind: str, sentence: Sequence[str]) -> bool:
    """ "It is not your fault", "never keep a bad secret": the very opposite of harm."""
    if kind == "harm":
        return "not" in sentence or "never" in sentence or "no" in sentence
    if kind == "cruel":
        return "not" in sentence and "are" in sentence
    return kind == "secret" and "bad" in sentence


def _is_turned_on_child(sentence: Sequence[str]) -> bool:
    if _DIRECT.isdisjoint(sentence) or not _HELPING.isdisjoint(sentence):
        return False
    return wishes_to_die(TaggedWords([_TURNED.get(word, word) for word in sentence]))


def _sentences(words: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for word in words:
        if word == ".":
            found.append([])
        else:
            found[-1].append(word)
    return [sentence for sentence in found if sentence]


@cache
def _never_said() -> PatternIndex[tuple[str, Pattern]]:
    found: list[tuple[str, Pattern]] = []
    kind = ""
    for line in data.lines("answers.txt"):
        if line.startswith("["):
            kind = line.strip("[] ")
        else:
            found.append((kind, compiled(line)))
    return PatternIndex(found, lambda one: one[1])
