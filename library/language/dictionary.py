"""The dictionary that the tutor opens: our own story words first, then WordNet's where it is.

Pure file access, safe to share between threads. Which sense of a word comes first is decided by
how common it is, by the grammar around the word and by what the sense has in common with the
sentence (after M. Lesk, "Automatic sense disambiguation", SIGDOC 1986, simplified).
"""

import logging
import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from library.language.entries import Entry, PartOfSpeech, Sense
from library.language.lemmas import Headword, adjectives_behind, headwords, plain, stem, word_set
from library.language.parts import part_wanted, takes_object
from library.language.story_words import story_words
from library.language.wording import (
    LITTLE_WORDS,
    child_examples,
    child_gloss,
    fit_for_children,
    never_defined,
    subject_label,
)
from library.language.wordnet import Synset, WordNet

logger = logging.getLogger(__name__)

_PARTS: tuple[PartOfSpeech, ...] = ("noun", "verb", "adjective", "adverb")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DULL = word_set(
    "a an the and or but of to in on at by for with from as is are was were be been it its this"
    " that which who whom whose he she they them his her their i you we not no so if than then"
    " there here when where what how very too into out up down over under about someone something"
    " one any some all used using use having has have had do does did make made person"
)
_MAX_SENSES = 5
_MAX_RELATED = 3
_FAMILIAR = 3
_SURE_PART = 4.0


def open_dictionary(wordnet_folder: Path | None = None) -> "WordDictionary":
    """A dictionary with WordNet's words when `wordnet_folder` (its `dict`) can be read."""
    wordnet = None
    if wordnet_folder is not None:
        try:
            wordnet = WordNet(wordnet_folder)
        except (OSError, ValueError):
            logger.warning("WordNet is not installed: only the story words are defined")
    return WordDictionary(wordnet)


class WordDictionary:
    """Looks words up in any form they may have in a text."""

    def __init__(self, wordnet: WordNet | None = None) -> None:
        self._wordnet = wordnet
        self._find = lru_cache(maxsize=2048)(self._find_uncached)

    def look_up(self, word: str, context: str = "") -> Entry | None:
        """The entry for `word` (any inflection), the sense that fits `context` first, or None.

        None also for words whose every sense is unfit for children.
        """
        if not plain(word) or len(word) > 60 or never_defined(word):
            return None
        found = self._find(plain(word), context[:600])
        if found is None and "-" in word:  # old books write "to-day" and "tea-cup"
            found = self._find(plain(word).replace("-", ""), context[:600])
        return found

    def knows(self, word: str) -> bool:
        """Whether `word`, in any form, is a word at all, be it one that is not explained here."""
        candidates = (*headwords(word), *adjectives_behind(word))
        own = (one for one in candidates if one.word in story_words())
        parts = ((one.part_of_speech, story_words()[one.word].senses) for one in own)
        if never_defined(word) or any(
            part in (None, sense.part_of_speech) for part, senses in parts for sense in senses
        ):
            return True
        wordnet = self._wordnet
        return wordnet is not None and any(
            wordnet.synsets(one.word, one.part_of_speech)
            if one.part_of_speech
            else wordnet.frequencies(one.word)
            for one in candidates
        )

    def _find_uncached(self, word: str, context: str) -> Entry | None:
        candidates = headwords(word)
        own = _in_story_words(word, candidates, context) or _in_story_words(
            word, adjectives_behind(word), context
        )
        if self._wordnet is None or word in LITTLE_WORDS or len(word) == 1:
            return own
        if own is None:
            return self._from_wordnet(self._wordnet, word, candidates, context)
        if _is_another_part(own, part_wanted(word, context)):
            other = self._from_wordnet(self._wordnet, word, candidates, context)
            if (
                other is not None
                and not other.senses[0].hard
                and not _is_another_part(other, part_wanted(word, context))
            ):
                return other
        return own

    def _from_wordnet(
        self, wordnet: WordNet, word: str, candidates: tuple[Headword, ...], context: str
    ) -> Entry | None:
        ranked: list[tuple[float, str, Synset]] = []
        wanted = part_wanted(word, context)
        around = _stems(context) - {stem(word)}
        is_name = re.search(rf"\w[,;]? {re.escape(word.capitalize())}\b", context) is not None
        for base, synset, seen, commonness in _matches(wordnet, candidates):
            if not fit_for_children(synset.gloss, synset.usages):
                continue
            score = commonness + math.log1p(seen) + _plainness(synset)
            score += wanted.get(synset.part_of_speech, 0.0) + _overlap(synset, around)
            if is_name and synset.named:
                score += 9.0  # "in China and Japan" is about no lacquer
            if stem(base) in _stems(child_gloss(synset.gloss)):
                score -= 2.5  # "hint: to drop a hint" explains nothing
            ranked.append((score, base, synset))
        if not ranked:
            return None
        ranked.sort(key=lambda row: -row[0])
        headword = ranked[0][1]
        best = [synset for _, base, synset in ranked if base == headword][:_MAX_SENSES]
        senses = tuple(_sense(wordnet, headword, synset) for synset in best)
        return Entry(word=headword, senses=senses)


def _is_another_part(entry: Entry, wanted: Mapping[PartOfSpeech, float]) -> bool:
    """Whether the sentence has the word as a part of speech that the entry does not know at all."""
    most = max(wanted.values(), default=0.0)
    if most < _SURE_PART:
        return False
    return all(wanted.get(sense.part_of_speech, 0.0) < most - 2 for sense in entry.senses)


def _in_story_words(word: str, candidates: tuple[Headword, ...], context: str) -> Entry | None:
    """Our own entry whose sense fits best, with that sense first."""
    wanted = part_wanted(word, context)
    around = _stems(context) - {stem(word)}
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


def _likeness(sense: Sense, around: frozenset[str], wider: frozenset[str]) -> float:
    """What a sense of ours has in common with the sentence, or with what our own list says of the
    sentence's other words; a clue tells more than other words."""
    clues = _stems(" ".join((*sense.clues, *sense.related_words)))
    about = _stems(" ".join((sense.definition, *sense.examples))) - clues
    near = 3.0 * min(2, len(clues & around)) + 0.6 * min(2, len(about & around))
    return near + 1.2 * min(2, len(clues & wider)) + 0.2 * min(2, len(about & wider))


def _matches(
    wordnet: WordNet, candidates: tuple[Headword, ...]
) -> Iterator[tuple[str, Synset, int, float]]:
    """(headword, meaning, times seen, bonus) of all candidates; earlier ones weigh more."""
    known: set[tuple[str, PartOfSpeech]] = set()
    bonus = 1.0
    for candidate in candidates:
        parts = (candidate.part_of_speech,) if candidate.part_of_speech else _PARTS
        frequencies = wordnet.frequencies(candidate.word)
        for part in parts:
            if (candidate.word, part) in known:
                continue
            known.add((candidate.word, part))
            for place, synset in enumerate(wordnet.synsets(candidate.word, part)):
                seen = frequencies.get((part, synset.offset), 0)
                yield candidate.word, synset, seen, bonus - 0.25 * min(place, 8)
        bonus -= 0.5


def _plainness(synset: Synset) -> float:
    """Below zero for trade language, for names and for long glosses."""
    points = -0.04 * max(0, len(synset.gloss.split()) - 8)
    if subject_label(synset.gloss):
        points -= 1.5
    if synset.named or synset.words[0][:1].isupper():
        points -= 3.0
    if {"archaism", "slang", "dialect"} & set(synset.usages):
        points -= 1.5
    return points


def _overlap(synset: Synset, around: frozenset[str]) -> float:
    about = " ".join((synset.gloss, *synset.examples, *synset.words, *synset.parents))
    return 0.9 * min(3, len(_stems(about.replace("_", " ")) & around))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    words = (word.lower() for word in _LETTERS.findall(text))
    return frozenset(stem(word) for word in words if word not in _DULL)


@lru_cache(maxsize=1024)
def _explained_stems(context: str) -> frozenset[str]:
    """The words by which our own list explains the sentence's words: "boat" for "ferry"."""
    explained = []
    for word in {found.lower() for found in _LETTERS.findall(context)} - _DULL:
        entry = next((story_words()[one.word] for one in headwords(word)
                      if one.word in story_words()), None)  # fmt: skip
        if entry is not None:
            explained.append(" ".join((entry.senses[0].definition, *entry.senses[0].related_words)))
    return _stems(" ".join(explained))


def _sense(wordnet: WordNet, headword: str, synset: Synset) -> Sense:
    if synset.named:
        # What WordNet tells of countries and people is old; that it is a name stays true.
        return Sense(synset.part_of_speech, _name_of(synset))
    own = stem(headword)
    examples = tuple(example for example in synset.examples if own in _stems(example))
    gloss = child_gloss(synset.gloss)
    return Sense(
        part_of_speech=synset.part_of_speech,
        definition=_with_to(synset.part_of_speech, gloss),
        examples=child_examples(examples),
        related_words=_related(wordnet, headword, synset),
        hard=_is_hard(gloss) or own in _stems(gloss),
    )


def _name_of(synset: Synset) -> str:
    kind = synset.parents[0].replace("_", " ") if synset.parents else "person or a place"
    if kind.endswith("capital"):
        kind = "city"  # of which country is more than an old list can be trusted with
    vowel = kind[:1].lower() in "aeio" and not kind.lower().startswith("eu")
    return f"the name of {'an' if vowel else 'a'} {kind}"


@lru_cache(maxsize=1)
def _known_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in (*story_words(), *LITTLE_WORDS, *_DULL))


def _is_hard(gloss: str) -> bool:
    """Whether a gloss has more words than one that our own list does not explain, or only such."""
    words = _stems(gloss)
    unknown = words - _known_stems()
    return len(unknown) > 1 or (len(unknown) == 1 and len(words) < 4)


def _related(wordnet: WordNet, headword: str, synset: Synset) -> tuple[str, ...]:
    """Words of the same meaning, else of the wider one; only such as people often use."""
    for words in (synset.words, synset.parents):
        found = [
            word.replace("_", " ")
            for word in words
            if stem(word) != stem(headword)
            and fit_for_children(word)
            and sum(wordnet.frequencies(word.lower()).values()) >= _FAMILIAR
        ]
        if found:
            return tuple(found[:_MAX_RELATED])
    return ()


def _with_to(part: PartOfSpeech, definition: str) -> str:
    return f"to {definition}" if part == "verb" else definition
