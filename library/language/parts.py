"""What part of speech a word is in its sentence, by the words beside it. Pure.

No tagger of the whole sentence: a few signs beside the word tell most of what matters for choosing
a meaning, and where they do not tell, nothing is said.
"""

from __future__ import annotations

import re
from collections import defaultdict

from library.language.entries import PartOfSpeech
from library.language.irregular import IRREGULAR
from library.language.lemmas import plain, word_set
from library.language.story_words import story_words

_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.,;:!?“”—]")
_BEFORE_NOUNS = word_set(
    "a an the my your his her our its their this these those some no every each any another what"
)
PREPOSITIONS = word_set(
    "in into on from with by of at under over behind beside through near for about without between"
    " across against toward along inside onto"
)
_NUMBERS = word_set(
    "one two three four five six seven eight nine ten twenty hundred many few several"
)
_BEFORE_VERBS = word_set(
    "to will would can could should must might may shall i you he she it we they not let let's did"
    " does do didn't don't doesn't cannot can't won't couldn't who never always"
)
_BEFORE_ADJECTIVES = word_set(
    "very so too was were is am are be been felt looked seemed more most quite as rather feels"
    " looks seems how such become became"
)
_AFTER_VERBS = word_set(
    "the a an his her its my your our their him them me us it himself herself itself themselves up"
    " down off out away back"
)
_OBJECT_STARTS = word_set(
    "the a an his her its my your our their him them me us it himself herself itself themselves"
    " this that these those some all every each something somebody everything one two three"
)
_BE = word_set("is are was were be been being am")
_AFTER_NOUNS = word_set("of was were is are had has will would could did who which that")


def part_wanted(word: str, context: str) -> dict[PartOfSpeech, float]:
    """Points for the parts of speech that `word` (plain) may have where it stands in `context`.

    Empty where nothing tells. A point or two is a hint; six are as good as certain.
    """
    if re.search(rf"(?:^|[“‘\"]|[.!?—] ?){re.escape(word)}[,!]", context, re.IGNORECASE):
        return {"exclamation": 6.0}
    tokens = [token.lower().replace("’", "'") for token in _LETTERS.findall(context)]
    place = next((at for at, token in enumerate(tokens) if plain(token) == word), None)
    if place is None:
        return {"noun": 0.7}  # a word by itself is more often the name of a thing
    before = tokens[place - 1] if place else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    points: defaultdict[PartOfSpeech, float] = defaultdict(float)
    _look_before(points, before, after, word)
    _look_after(points, before, after, word)
    return {part: count for part, count in points.items() if count > 0}


def _look_before(
    points: defaultdict[PartOfSpeech, float], before: str, after: str, word: str
) -> None:
    is_object = before in ("her", "it", "that") and after in _AFTER_VERBS
    if before in _BEFORE_NOUNS and not is_object:
        followed_by_noun = after.isalpha() and own_part(after) == "noun" and not _is_past(after)
        _add(points, {"adjective": 6.0, "noun": 5.0} if followed_by_noun
                      else {"noun": 6.0, "adjective": 3.0})  # fmt: skip
    elif before in _NUMBERS or before in PREPOSITIONS or before.endswith("'s"):
        _add(points, {"noun": 5.0, "adjective": 3.0})
        if before == "to" or (before in PREPOSITIONS and word.endswith("ing")):
            points["verb"] += 3.0
    elif own_part(before) == "adjective" and before not in _BEFORE_ADJECTIVES:
        _add(points, {"noun": 4.0, "adjective": 1.0})  # "the steep drop"
    elif before in _BEFORE_ADJECTIVES:
        is_doing = word.endswith("ing")
        _add(points, {"verb": 4.0, "adjective": 2.0} if is_doing
                      else {"adjective": 4.0, "verb": 1.0, "adverb": 1.0})  # fmt: skip
    if before in _BEFORE_VERBS:
        points["verb"] += 5.0
    if not before or before in ",;:!?.“—":
        points["verb"] += 0.5


def _look_after(
    points: defaultdict[PartOfSpeech, float], before: str, after: str, word: str
) -> None:
    if after in _AFTER_VERBS and before not in _BEFORE_NOUNS:
        points["verb"] += 3.0
    if after in _AFTER_NOUNS or _is_past(after):
        points["noun"] += 2.0
    if _is_past(before) and before not in _BEFORE_ADJECTIVES and after in PREPOSITIONS | {"to"}:
        points["adverb"] += 2.5  # "marched straight into", "stood close to"
    if before in _BE and _is_past(word):
        points["verb"] += 3.0  # "were left out"
    subject = before.isalpha() and own_part(before) == "noun"
    if subject and (_is_past(word) or word.endswith("s")):
        points["verb"] += 3.0
    if word.endswith("ly"):
        points["adverb"] += 3.0


def _add(points: dict[PartOfSpeech, float], more: dict[PartOfSpeech, float]) -> None:
    for part, count in more.items():
        points[part] += count


def _is_past(word: str) -> bool:
    return (len(word) > 4 and word.endswith("ed")) or any(
        part == "verb" for _, part in IRREGULAR.get(word, ())
    )


def takes_object(word: str, context: str) -> bool | None:
    """Whether somebody or something stands right after `word` (plain), as after a verb that is
    done to it; None where the word is not in `context`."""
    tokens = [token.lower().replace("’", "'") for token in _LETTERS.findall(context)]
    place = next((at for at, token in enumerate(tokens) if plain(token) == word), None)
    if place is None:
        return None
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    return after in _OBJECT_STARTS


def own_part(word: str) -> PartOfSpeech | None:
    """What our own list has a word as in the first place; nothing for a word's other forms."""
    entry = story_words().get(word)
    return None if entry is None else entry.senses[0].part_of_speech
