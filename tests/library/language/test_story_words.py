"""The children's dictionary of our own: what every entry must be, and how much it explains."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from library.language.dictionary import open_dictionary
from library.language.entries import Sense
from library.language.irregular import IRREGULAR
from library.language.lemmas import adjectives_behind, headwords, plain, stem, word_set
from library.language.story_words import story_words
from library.language.wording import fit_for_children, never_defined

STORIES = Path(settings.BASE_DIR) / "library" / "demo" / "stories"
LIST = Path(settings.BASE_DIR) / "library" / "language" / "story_words.txt"
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: An expression with the word in it, explained beside the word: 'domain … “public domain” means'.
EXPRESSION = re.compile(r"“[^”]*”")
#: Of the running words in the demo stories; the rest are names, places and sounds.
SHARE_EXPLAINED = 0.97
#: The smallest words, which no child taps.
LITTLE = word_set(
    "a an the and or but nor of to in on at by for with from as is are was were be been being am"
    " it its itself this that these those which who whom whose what he him his himself she her"
    " hers herself they them their theirs themselves you your yours yourself i me my mine myself"
    " we us our ours ourselves not no so if than then there here when where how why very too into"
    " out up down over under about again all any some each every both few more most other such"
    " only same just now do does did done doing have has had having will would can could shall"
    " should may might must cannot let oh ah yes yeah off upon through before after because while"
    " against between during above below once also ever never always one two three four five six"
    " seven eight nine ten much many even still yet back away around across along like"
)


def senses() -> Iterator[tuple[str, Sense]]:
    for word, entry in story_words().items():
        for sense in entry.senses:
            yield word, sense


def words_of(text: str) -> list[str]:
    return [plain(word) for word in WORD.findall(text)]


def test_the_list_is_long_and_has_words_with_several_meanings() -> None:
    assert len(story_words()) >= 2200
    several = {word for word, entry in story_words().items() if len(entry.senses) > 1}
    assert len(several) >= 300
    assert {"bank", "bark", "spring", "light", "bear"} <= several


def test_every_definition_is_short_and_fit_for_children() -> None:
    for word, sense in senses():
        assert word == "prick" or not never_defined(word), word  # only as "pricked", of ears
        assert fit_for_children(" ".join((sense.definition, *sense.examples))), word
        assert len(sense.definition.split()) <= 20, word
        assert not sense.definition.endswith("."), word
        assert (sense.part_of_speech == "verb") == sense.definition.startswith("to "), word


def test_every_example_is_a_sentence_with_the_word() -> None:
    for word, sense in senses():
        for example in sense.examples:
            assert re.search(r"^[A-Z“].*[.!?”]$", example), word
            forms = {stem(other) for other in words_of(example)}
            assert stem(word) in forms or word in example.lower(), word


def test_no_word_is_explained_with_itself() -> None:
    for word, sense in senses():
        own_words = words_of(EXPRESSION.sub("", sense.definition))
        assert stem(word) not in {stem(other) for other in own_words}, word


def test_no_two_words_are_explained_only_with_each_other() -> None:
    """Where "big" is "large", "large" has to be more than "big"."""
    by_single_word = {
        word: sense.definition.removeprefix("to ")
        for word, sense in senses()
        if len(sense.definition.removeprefix("to ").split()) == 1
    }
    for word, other in by_single_word.items():
        assert by_single_word.get(other) != word, word


def test_the_list_is_clean_sorted_and_without_duplicates() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()[1:]
    odd = [line for line in lines if not re.fullmatch(r"[A-Za-z0-9 ,.;:!?“”’'|~*#=-]+", line)]
    assert odd == []
    keys = [line.split(" | ", 1)[0] for line in lines]
    assert keys == sorted(keys)
    meanings = Counter((word, sense.definition) for word, sense in senses())
    assert max(meanings.values()) == 1
    assert all(word == plain(word) for word in story_words())


def test_every_headword_is_reached_from_its_other_forms() -> None:
    for word, sense in senses():
        for form in _forms(word, sense.part_of_speech):
            reached = {found.word for found in (*headwords(form), *adjectives_behind(form))}
            assert word in reached, (word, form)


def test_the_demo_stories_are_explained_in_our_own_words() -> None:
    explained = total = 0
    for folder in sorted(STORIES.iterdir()):
        known, unknown = _explained(folder)
        explained += known
        total += known + unknown
    assert total > 5000
    assert explained / total >= SHARE_EXPLAINED


def test_a_clue_in_the_sentence_chooses_the_meaning() -> None:
    dictionary = open_dictionary()
    for word, context, meaning in (
        ("bank", "The cat sat on the bank of the river.", "the land along the side of a river"),
        ("bank", "He took his coins to the bank.", "a place that keeps people's money safe"),
        ("bark", "The bark of the old oak was rough.", "the rough outside of a tree"),
        ("barked", "The dog barked.", "to make the short, loud sound of a dog"),
        ("light", "The bag was light to carry.", "not heavy"),
        ("light", "She lit the lamp and its light filled the room.", "what comes from the sun"),
        ("bear", "He could not bear the pain.", "to carry something, or to put up with it"),
        ("bear", "A bear came out of the wood.", "a big, heavy wild animal"),
        ("spring", "They drank cold water from the spring.", "a place where water comes out"),
        ("left", "They left the house.", "to go away from a place"),
        ("leaves", "The leaves of the tree were yellow.", "one of the flat green parts"),
        ("ground", "The nut fell to the ground.", "the earth that you walk on"),
        ("ground", "The mill ground the wheat.", "to crush something"),
        ("slowly", "The mill turned slowly.", "not in a fast way"),
        ("calmly", "She answered calmly.", "quiet and still"),
        ("hardly", "He was hardly awake.", "almost not"),
    ):
        entry = dictionary.look_up(word, context)
        assert entry is not None, word
        assert entry.senses[0].definition.startswith(meaning), (word, context)


def _forms(word: str, part: str) -> Iterator[str]:
    """The inflected forms of a word, by the ordinary rules of spelling and the irregular list."""
    irregular = [form for form, bases in IRREGULAR.items() if (word, part) in bases]
    yield from irregular
    hissing = word.endswith(("s", "x", "z", "ch", "sh"))
    to_i = word.endswith("y") and word[-2] not in "aeiou"
    if part == "noun" and not irregular and not word.endswith("s"):
        yield f"{word[:-1]}ies" if to_i else f"{word}es" if hissing else f"{word}s"
    elif part == "verb" and not irregular:
        yield f"{word[:-1]}ies" if to_i else f"{word}es" if hissing else f"{word}s"
        yield f"{word[:-1]}ied" if to_i else f"{word}d" if word.endswith("e") else f"{word}ed"
    elif part == "adjective":
        yield f"{word[:-1]}ily" if to_i else f"{word[:-1]}y" if word.endswith("le") else f"{word}ly"


def _explained(folder: Path) -> tuple[int, int]:
    """(explained, not explained) running words of a story, without its people's names."""
    book: dict[str, Any] = tomllib.loads((folder / "book.toml").read_text(encoding="utf-8"))
    text = (folder / "text.txt").read_text(encoding="utf-8")
    names = set(words_of(" ".join(book.get("people", {}))))
    glossary = {stem(entry) for entry in book.get("glossary", {})}
    content = [word for word in words_of(text) if word not in LITTLE | names and len(word) > 1]
    known = sum(_is_known(word, glossary) for word in content)
    return known, len(content) - known


def _is_known(word: str, glossary: set[str]) -> bool:
    return stem(word) in glossary or open_dictionary().look_up(word) is not None
