"""A sentence in easier words: hard words replaced, long sentences taken apart.

What somebody says in it stays between its marks; names stay as they are.
"""

import re
from collections.abc import Mapping
from functools import cache

from library.language.lemmas import headwords, plain
from library.language.parts import part_wanted

from ...types import Dictionary
from ..data import data_rows
from ..drafts import capital
from ..retrieval.names import NamesSoFar
from .forms import inflected, is_irregular, plural, verb_form

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SUBJECT = (
    r"(?=(?:he|she|it|they|we|I|you|there|the|a|an|his|her|its|their|my|our|this|that|these|those|"
    r"some|one|nobody|everybody|everyone|all|[A-Z]\w+)\b)"
)
_JOINTS = tuple((re.compile(pattern), start) for pattern, start in (
    (r"\s*[;—]\s*(?=\w)", ""),
    (rf",? (?:and then|then) {_SUBJECT}", "Then "),
    (rf",? (?:because) {_SUBJECT}", "That is because "),
    (rf", for {_SUBJECT}", "That is because "),
    (rf", and {_SUBJECT}", ""),
    (rf", but {_SUBJECT}", "But "),
    (rf", so (?:that )?{_SUBJECT}", "So "),
    (rf", while {_SUBJECT}", "At the same time "),
    (r", but (?=\w+)", "But "),
))  # fmt: skip
_MAIN_SUBJECT = re.compile(r"^((?:[A-Z][\w.’-]+ ){0,2}?[A-Z][\w’-]*|He|She|It|They|We|I|You) "
                           r"(?=[a-z]+ed\b|(?P<verb>[a-z]+)\b)")  # fmt: skip
_AND_VERB = re.compile(r",? and (?=(?:then )?(?P<verb>[a-z]+)\b)")
_LONG_DEFINITION = 6
_HELPERS = "was|were|is|are|be|been|being|am|had|has|have|having"
_SHORT_WORD = 5
_SURE_PART = 3.0
_LEAST_WORDS_SPLIT = 9


def easier_sentence(
    text: str, names: NamesSoFar, dictionary: Dictionary | None, glossary: Mapping[str, str]
) -> str | None:
    """`text` in easier words and shorter sentences; None where nothing in it can be made easier."""
    worded = _in_easier_words(text, names, dictionary, glossary)
    parts = _in_short_sentences(worded)
    result = " ".join(capital(part) for part in parts)
    same = len(parts) == 1 and _TOKEN.findall(result.lower()) == _TOKEN.findall(text.lower())
    return None if same else result


def in_steps(text: str) -> list[str]:
    """A sentence without hard words in small pieces, as one would read it to a beginner."""
    pieces = re.split(r"(?<=[,;:—.!?])\s*(?=\w|“)|\s+(?=(?:and|but|because|so|when|until|with|into|"
                      r"from|before|after|while|who|which)\s)", text.strip())  # fmt: skip
    steps: list[str] = []
    for piece in pieces:
        if steps and len(piece.split()) < 3:
            steps[-1] += f" {piece}"
        elif piece.strip():
            steps.append(piece.strip())
    return steps


def is_well_known(word: str) -> bool:
    """Whether every child knows the word who can read it, however long it is."""
    return word in _well_known()


def _in_easier_words(
    text: str, names: NamesSoFar, dictionary: Dictionary | None, glossary: Mapping[str, str]
) -> str:
    parts: list[str] = []
    end = 0
    for found in _TOKEN.finditer(text):
        word = found[0]
        better = None
        if names.of(word) is None or word[:1].islower():
            better = _replacement(word, text, dictionary, glossary)
        if better is None:
            continue
        before = text[end : found.start()]
        parts.append(_with_article(before, better))
        parts.append(capital(better) if word[:1].isupper() else better)
        end = found.end()
    return "".join((*parts, text[end:]))


def _with_article(before: str, following: str) -> str:
    """`before` with "a" or "an" as the word after it needs."""
    article = "an" if following[:1] in "aeiou" else "a"
    return re.sub(r"\b([Aa])n? $", lambda found: f"{found[1]}{article[1:]} ", before)


def _replacement(
    word: str, text: str, dictionary: Dictionary | None, glossary: Mapping[str, str]
) -> str | None:
    """What can stand in the place of a hard word, in the form that it has."""
    bare = plain(word)
    wanted = part_wanted(bare, text)
    most = max(wanted.values(), default=0.0)
    points: Mapping[str, float] = dict(wanted.items())
    for base, _ in headwords(bare):
        for part, easier in _easier().get(base, ()):
            if most < _SURE_PART or points.get(part, 0.0) >= most - _SURE_PART:
                return _formed(easier, part, bare, base, text)
    if len(bare) <= _SHORT_WORD or dictionary is None or is_well_known(bare):
        return None
    return _by_definition(bare, text, dictionary, glossary)


def _by_definition(
    bare: str, text: str, dictionary: Dictionary, glossary: Mapping[str, str]
) -> str | None:
    entry = dictionary.look_up(bare, text)
    if entry is None or entry.senses[0].hard or is_well_known(entry.word):
        return None
    sense = entry.senses[0]
    meaning = glossary.get(bare) or sense.definition
    if len(meaning.split()) > _LONG_DEFINITION or re.search(
        r"\b(?:something|somebody|or|that|who|which|when|where)\b|,", meaning
    ):
        return None
    if sense.part_of_speech == "verb" and meaning.startswith("to "):
        return _formed(meaning[3:], "verb", bare, entry.word, text)
    if sense.part_of_speech == "noun" and bare == entry.word and re.match(r"(?:an?|the) ", meaning):
        return meaning.split(" ", 1)[1]
    short = len(meaning.split()) <= 3 and bare == entry.word
    return meaning if sense.part_of_speech in ("adjective", "adverb") and short else None


def _formed(easier: str, part: str, bare: str, base: str, text: str) -> str | None:
    if part == "verb":
        helped = re.search(rf"\b(?:{_HELPERS})(?: \w+ly| not)? {re.escape(bare)}\b", text.lower())
        if helped and bare != base and is_irregular(easier.split(" ", 1)[0]):
            return None
        return inflected(easier, verb_form(bare, base))
    return plural(easier) if part == "noun" and bare != base and bare.endswith("s") else easier


def _in_short_sentences(text: str) -> list[str]:
    """`text` cut where one thought ends and the next begins, unless somebody speaks in it."""
    if re.search(r"[“”\"]", text) or len(text.split()) < _LEAST_WORDS_SPLIT:
        return [text]
    parts = [text]
    for joint, start in _JOINTS:
        parts = [piece for part in parts for piece in _cut(part, joint, start)]
    return [piece for part in parts for piece in _two_deeds(part)]


def _cut(text: str, joint: re.Pattern[str], start: str) -> list[str]:
    pieces: list[str] = []
    begin, lead = 0, ""
    for found in joint.finditer(text):
        before, after = text[begin : found.start()], text[found.end() :]
        if len(before.split()) < 3 or len(after.split()) < 3:
            continue
        pieces.append(_closed(lead + before))
        begin, lead = found.end(), start
    pieces.append(lead + text[begin:])
    return pieces


def _two_deeds(text: str) -> list[str]:
    """ "Zaza climbed down and waved his arms." as two sentences with one subject."""
    subject = _MAIN_SUBJECT.match(text)
    joint = _AND_VERB.search(text)
    if subject is None or joint is None or not _is_past(joint["verb"]):
        return [text]
    first_verb = text[subject.end() :].split(" ", 1)[0]
    before, after = text[: joint.start()], text[joint.end() :]
    if not _is_past(first_verb) or len(before.split()) < 3 or len(after.split()) < 2:
        return [text]
    again = subject[1].lower() if subject[1] in ("He", "She", "It", "They", "We", "You") \
        else subject[1]  # fmt: skip
    return [_closed(before), f"Then {again} {after.removeprefix('then ')}"]


def _is_past(word: str) -> bool:
    bare = word.strip(".,;!?")
    return bare.endswith("ed") or any(
        form.part_of_speech == "verb" and form.word != bare for form in headwords(bare)[:1]
    )


def _closed(text: str) -> str:
    text = re.sub(r"[\s,;:—]*(?:\b(?:and|but|so|for))?[\s,;:—]*$", "", text)
    return text if text.endswith((".", "!", "?")) else f"{text}."


@cache
def _easier() -> Mapping[str, tuple[tuple[str, str], ...]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for hard, part, easier in data_rows("easier.txt"):
        table.setdefault(hard, []).append((part, easier))
    return {hard: tuple(found) for hard, found in table.items()}


@cache
def _well_known() -> frozenset[str]:
    """Long words that everybody knows who can read them."""
    return frozenset(word for row in data_rows("well_known.txt") for word in row[0].split())
