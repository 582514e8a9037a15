"""The dictionary that the tutor opens: our own story words first, then WordNet's where it is.

Pure file access, safe to share between threads. Which sense of a word comes first is decided by
how common it is, by the grammar around the word and by what the sense has in common with the
sentence (after M. Lesk, "Automatic sense disambiguation", SIGDOC 1986, simplified).
Names come before words.
"""

import logging
import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from library.language.entries import Entry, PartOfSpeech, Sense
from library.language.lemmas import Headword, adjectives_behind, headwords, plain, stem
from library.language.parts import part_wanted
from library.language.proper_names import is_doing, is_name
from library.language.short_forms import is_listed, short_form
from library.language.story_senses import DULL, sense_of_ours, stems
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
_PLACE, _PERSON = 15, 18  # of lexnames(5WN)
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
        context = context[:600]
        short = short_form(word, self.knows)
        if short is not None:
            return short
        if is_name(word, context):
            return self._name(plain(word), is_doing=is_doing(word, context))
        found = self._find(word, context)
        if found is None and "-" in word:  # old books write "to-day" and "tea-cup"
            found = self._find(word.replace("-", ""), context)
        return found

    def knows(self, word: str) -> bool:
        """Whether `word`, in any form, is a word at all, be it one that is not explained here."""
        if is_listed(word):
            return True
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
        word = plain(word)
        own = sense_of_ours(word, candidates, context) or sense_of_ours(
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
            return _as_noun(own, word, context) or own
        return own

    def _name(self, word: str, *, is_doing: bool) -> Entry | None:
        """What a name is of, be it a country or a feast; nothing for a name that people bear."""
        if self._wordnet is None or is_doing:
            return None
        synsets = (synset for part in _PARTS for synset in self._wordnet.synsets(word, part))
        capital = word.capitalize()
        named = [synset for synset in synsets
                 if capital in synset.words and fit_for_children(synset.gloss)]  # fmt: skip
        best = next((synset for synset in named if synset.topic == _PLACE), None)
        if best is None and all(synset.topic != _PERSON for synset in named):
            best = next(iter(named), None)
        return None if best is None else Entry(word, (_sense(self._wordnet, word, best),))

    def _from_wordnet(
        self, wordnet: WordNet, word: str, candidates: tuple[Headword, ...], context: str
    ) -> Entry | None:
        ranked: list[tuple[float, str, Synset]] = []
        wanted = part_wanted(word, context)
        around = stems(context) - {stem(word)}
        for base, synset, seen, commonness in _matches(wordnet, candidates):
            if not fit_for_children(synset.gloss, synset.usages):
                continue
            score = commonness + math.log1p(seen) + _plainness(synset)
            score += wanted.get(synset.part_of_speech, 0.0) + _overlap(synset, around)
            if stem(base) in stems(child_gloss(synset.gloss)):
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


def _as_noun(entry: Entry, word: str, context: str) -> Entry | None:
    """ "A sneeze", where our own list tells only what it is to sneeze."""
    sense = entry.senses[0]
    wanted = part_wanted(word, context)
    is_noun = wanted.get("noun", 0.0) >= max(wanted.values())
    is_doing = all(one.part_of_speech == "verb" for one in entry.senses)
    if not (is_doing and is_noun and word == entry.word) or sense.definition.startswith("to be "):
        return None
    doing = sense.definition.removeprefix("to ")
    told = f"what you do when you {doing}"
    return Entry(entry.word, (Sense("noun", told, (), sense.related_words), *entry.senses))


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
    return 0.9 * min(3, len(stems(about.replace("_", " ")) & around))


def _sense(wordnet: WordNet, headword: str, synset: Synset) -> Sense:
    if synset.named:
        # What WordNet tells of countries and people is old; that it is a name stays true.
        return Sense(synset.part_of_speech, _name_of(synset))
    own = stem(headword)
    examples = tuple(example for example in synset.examples if own in stems(example))
    gloss = child_gloss(synset.gloss)
    return Sense(
        part_of_speech=synset.part_of_speech,
        definition=_with_to(synset.part_of_speech, gloss),
        examples=child_examples(examples),
        related_words=_related(wordnet, headword, synset),
        hard=_is_hard(gloss) or own in stems(gloss),
    )


def _name_of(synset: Synset) -> str:
    if synset.topic == _PERSON:
        return "the name of a person"
    kind = synset.parents[0].replace("_", " ") if synset.parents else "person or a place"
    if kind.endswith("capital"):
        kind = "city"  # of which country is more than an old list can be trusted with
    vowel = kind[:1].lower() in "aeio" and not kind.lower().startswith("eu")
    return f"the name of {'an' if vowel else 'a'} {kind}"


@lru_cache(maxsize=1)
def _known_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in (*story_words(), *LITTLE_WORDS, *DULL))


def _is_hard(gloss: str) -> bool:
    """Whether a gloss has more words than one that our own list does not explain, or only such."""
    words = stems(gloss)
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
