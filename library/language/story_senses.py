"""Which of our own senses of a word fits a sentence, and what a sentence is about.

Our entries say by clues where a sense belongs: words that stand near it, or, with a `~` for the
word itself, a phrase that it is part of ("~ asleep", "~ *ing"), or a form of it ("=lied").
"""

import re
from functools import lru_cache

from library.language.entries import Entry, Sense
from library.language.lemmas import Headword, headwords, stem, word_set
from library.language.parts import part_wanted, takes_object
from library.language.story_words import story_words

_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
DULL = word_set(
    "a an the and or but of to in on at by for with from as is are was were be been it its this"
    " that which who whom whose he she they them his her their i you we not no so if than then"
    " there here when where what how very too into out up down over under about someone something"
    " one any some all used using use having has have had do does did make made person"
)
_WHOSE = r"(?:my|your|his|her|its|our|their|the|a|an|\w+'s|me|you|him|us|them)"
_IN_PHRASE = 9.0  # more than grammar has to say


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    words = (word.lower() for word in _LETTERS.findall(text))
    return frozenset(stem(word) for word in words if word not in DULL)


@lru_cache(maxsize=1024)
def _explained_stems(context: str) -> frozenset[str]:
    """The words by which our own list explains the sentence's words: "boat" for "ferry"."""
    explained = []
    for word in {found.lower() for found in _LETTERS.findall(context)} - DULL:
        entry = next((story_words()[one.word] for one in headwords(word)
                      if one.word in story_words()), None)  # fmt: skip
        if entry is not None:
            explained.append(" ".join((entry.senses[0].definition, *entry.senses[0].related_words)))
    return stems(" ".join(explained))


def sense_of_ours(word: str, candidates: tuple[Headword, ...], context: str) -> Entry | None:
    """Our own entry whose sense fits best, with that sense first."""
    wanted = part_wanted(word, context)
    around = stems(context) - {stem(word)}
    wider = _explained_stems(context) - around - {stem(word)}
    has_object = takes_object(word, context)
    ranked: list[tuple[float, str, Sense]] = []
    bonus: dict[str, float] = {}
    for candidate in candidates:
        own = story_words().get(candidate.word)
        if own is None:
            continue
        # A likelier headword and an earlier sense weigh more where the sentence does not tell.
        at_first = bonus.setdefault(own.word, -0.5 * len(bonus))
        for place, sense in enumerate(own.senses):
            if candidate.part_of_speech in (None, sense.part_of_speech):
                score = at_first - 0.25 * place + wanted.get(sense.part_of_speech, 0.0)
                score += _likeness(sense, around, wider) + _object_fits(sense, has_object)
                score += _phrase_fits(sense, word, context, is_first=place == 0)
                ranked.append((score, own.word, sense))
    if not ranked:
        return None
    ranked.sort(key=lambda row: -row[0])
    headword = ranked[0][1]
    senses = dict.fromkeys(sense for _, base, sense in ranked if base == headword)
    return Entry(headword, tuple(senses))


def _object_fits(sense: Sense, has_object: bool | None) -> float:
    """Whether a verb is told of with an object ("to let something fall") where it has one."""
    if sense.part_of_speech != "verb" or has_object is None:
        return 0.0
    told = re.match(r"to (?:\w+ ){1,3}(?:something|somebody)\b", sense.definition) is not None
    return 0.5 if told == has_object else -0.8


def _phrase_fits(sense: Sense, word: str, context: str, *, is_first: bool) -> float:
    """Points for a sense in one of whose phrases `word` stands, or in a form that no other sense
    has ("lied"); below zero for a rarer one that lives in phrases only and stands in none."""
    if f"={word}" in sense.clues or _in_phrase(sense, word, context):
        return _IN_PHRASE
    only_phrases = all("~" in clue for clue in sense.clues) and bool(sense.clues)
    return -2.0 if only_phrases and not is_first else 0.0


def _in_phrase(sense: Sense, word: str, context: str) -> bool:
    straight = context.lower().replace("’", "'")
    return any(_phrase(clue, word).search(straight) for clue in sense.clues if "~" in clue)


@lru_cache(maxsize=4096)
def _phrase(clue: str, word: str) -> re.Pattern[str]:
    """The pattern of a clue: `~` is the word, `*` the rest of a word, `...` up to three words, `#`
    somebody or somebody's."""
    parts = {"~": re.escape(word), "...": r"(?:[\w'-]+ ){0,3}?", "#": _WHOSE}
    found = "".join(
        f"{parts.get(part) or re.escape(part).replace(re.escape('*'), '[a-z]+')}"
        f"{'' if part == '...' else ' '}"
        for part in clue.split()
    )
    return re.compile(rf"(?<![\w'-]){found.rstrip()}(?![\w-])")


def _likeness(sense: Sense, around: frozenset[str], wider: frozenset[str]) -> float:
    """What a sense of ours has in common with the sentence, or with what our own list says of the
    sentence's other words; a clue tells more than other words."""
    single = (clue for clue in sense.clues if "~" not in clue and clue[0] != "=")
    clues = stems(" ".join((*single, *sense.related_words)))
    about = stems(" ".join((sense.definition, *sense.examples))) - clues
    near = 3.0 * min(2, len(clues & around)) + 0.6 * min(2, len(about & around))
    return near + 1.2 * min(2, len(clues & wider)) + 0.2 * min(2, len(about & wider))
