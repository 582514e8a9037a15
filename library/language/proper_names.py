"""Whether a word is a name where it stands: "Rose laughed" is about no flower. Pure."""

import re

from library.language.entries import Entry
from library.language.irregular import IRREGULAR
from library.language.lemmas import headwords, word_set
from library.language.parts import PREPOSITIONS
from library.language.story_words import story_words
from library.language.wording import LITTLE_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;—–…“‘\"(\[\n#*_]|[.!?—…][”’\"])$")
_DETERMINERS = word_set(
    "a an the my your his her our its their this that these those some no every each any another"
)
#: Written with a capital before or instead of a name, and yet words that can be explained.
_TITLES_AND_DAYS = word_set(
    "mr mrs ms miss dr doctor sir madam lord lady king queen prince princess emperor duke captain"
    " general colonel major sergeant admiral professor president saint father mother dad daddy papa"
    " mom mommy mum mummy mama grandfather grandmother grandpa grandma granny uncle aunt auntie"
    " cousin brother sister nurse judge bishop constable mister mistress monday tuesday wednesday"
    " thursday friday saturday sunday january february march july august september october november"
    " december christmas easter halloween hanukkah ramadan thanksgiving english god lake mount"
    " river street road avenue island bay"
)
#: Given names that are words too, for where every word has a capital: at a sentence's start.
_GIVEN_NAMES = word_set(
    "amber angel april art ash autumn basil bill bob brook bud carol chance chase chip chuck cliff"
    " cooper daisy dale dawn dean don drew earl eve faith fern flora forest frank gene ginger grace"
    " grant guy harmony hazel heath heather holly hope hunter iris ivy jack jade jasmine jay jewel"
    " joy june lance lark laurel lily mark mason matt max may melody mike miles misty nick olive"
    " opal pansy pat patience pearl penny peter pierce poppy ray rich river rob robin rocky rose"
    " ruby rusty sage sandy scout skip sky stone sue summer tanner trinity victor violet wade ward"
    " will willow wren"
)
_SPEAKING = word_set("said says asked cried called shouted whispered answered replied exclaimed")


def is_name(word: str, context: str) -> bool:
    """Whether `word` stands in `context` with the capital of a name.

    A capital inside a sentence is a name's, unless an article is before it or it is a title or a
    day. At a sentence's start only a possessive of no word we know, or a given name that does
    something, is taken for one.
    """
    bare = _POSSESSIVE.sub("", "".join(_WORD.findall(word)[:1]))
    lower = bare.lower()
    if lower in LITTLE_WORDS or not _TITLES_AND_DAYS.isdisjoint((lower, lower.removesuffix("s"))):
        return False
    places = list(re.finditer(rf"\b{re.escape(bare)}\b", context, re.IGNORECASE)) if bare else []
    if not places or any(not place[0][:1].isupper() for place in places):
        return False
    if len(bare) > 1 and places[0][0].isupper():
        return False  # shouted: "STOP"
    if _is_heading(context):
        return False
    return any(_is_name_at(place, context) for place in places)


def _is_name_at(place: re.Match[str], context: str) -> bool:
    before, after = context[: place.start()].rstrip(" "), context[place.end() :]
    word = place[0].lower()
    following = _WORD.match(after.lstrip(" ")) if after[:1] == " " else None
    if _SENTENCE_START.search(before):
        if re.match(r"['’]s\b", after) and word not in story_words():
            return True
        acts = following is not None and _is_deed(following[0])
        return word in _GIVEN_NAMES and (acts or re.match(r"['’]s\b", after) is not None)
    chain = re.search(r"(?:^| )(\S+)((?: [A-Z][^\W\d_]+)*)$", before)
    first = chain[1].lower().strip('“‘"(') if chain else ""
    if first in _DETERMINERS or first.endswith(("'s", "’s")):
        return False  # "the Tin Woodman", "a Very Good Idea"
    entry = _entry(word)
    if entry is not None and word not in _GIVEN_NAMES and _is_description(entry, chain, following):
        return False
    never_noun = entry is not None and all(
        sense.part_of_speech not in ("noun", "verb") for sense in entry.senses
    )
    return not never_noun or word in _GIVEN_NAMES or bool(chain and chain[2])


def _is_description(
    entry: Entry, chain: re.Match[str] | None, following: re.Match[str] | None
) -> bool:
    """Whether a word says what a thing or a person is that has it in a name: "Inspector Day",
    "Upper Village"."""
    if re.match(r"an? (?:person|man|woman|boy|girl)\b|somebody\b", entry.senses[0].definition):
        return True
    before = chain[0].split()[-1:] if chain else []
    after = [following[0]] if following is not None and following[0][:1].isupper() else []
    beside = [word.lower() for word in (*before, *after) if word[:1].isupper()]
    return any(_entry(word) for word in beside) and not any(
        word in _TITLES_AND_DAYS | _GIVEN_NAMES for word in beside
    )


def _entry(word: str) -> Entry | None:
    forms = (form.word for form in headwords(word))
    return next((story_words()[form] for form in forms if form in story_words()), None)


def is_doing(word: str, context: str) -> bool:
    """Whether a name does or says something in `context`, as people do and places do not."""
    bare = re.escape(_POSSESSIVE.sub("", word))
    after = re.search(rf"\b{bare} ([^\W\d_]+)", context, re.IGNORECASE)
    before = re.search(rf"([^\W\d_]+) {bare}\b", context, re.IGNORECASE)
    if before is not None and before[1].lower() in PREPOSITIONS | {"to"}:
        return False
    said = before is not None and before[1].lower() in _SPEAKING
    return said or (after is not None and _is_deed(after[1]))


def _is_deed(word: str) -> bool:
    """Whether a word is a past form of doing something: "laughed", "ran", not "was"."""
    if word in ("was", "were", "had", "did"):
        return False
    past = any(part == "verb" for _, part in IRREGULAR.get(word, ()))
    return past or (len(word) > 4 and word.endswith("ed"))


def _is_heading(context: str) -> bool:
    """Whether every longer word has a capital, as in titles; then capitals tell nothing."""
    long = [word for word in _WORD.findall(context) if len(word) > 3]
    is_sentence = context.rstrip('”’" ').endswith((".", "!", "?", "…", ",", ";"))
    return not is_sentence and len(long) > 1 and all(word[0].isupper() for word in long)
