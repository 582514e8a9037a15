"""What a word means, by the book's own glossary or a dictionary, and how that is said."""

import re
from collections.abc import Mapping

from library.language.lemmas import headwords, plain, share_headword, stem

from ...types import Definition, Dictionary
from ..drafts import capital

_IN_OLD = re.compile(r"(in old \w+): (.+)")


def in_glossary(word: str, glossary: Mapping[str, str]) -> Definition | None:
    """What the book's own glossary says about a word, in whatever form either has it."""
    wanted = plain(word)
    by_word = {plain(entry): entry for entry in glossary}
    for candidate in (wanted, *(headword.word for headword in headwords(wanted))):
        if candidate in by_word:
            return Definition(by_word[candidate], glossary[by_word[candidate]])
    for entry in glossary:
        if stem(entry) == stem(wanted) and share_headword(entry, wanted):
            return Definition(entry, glossary[entry])
    return None


def in_dictionary(
    word: str, context: str, dictionary: Dictionary | None
) -> tuple[Definition, bool] | None:
    """(meaning, whether it is worded for grown-ups) of the sense that fits `context`."""
    entry = None if dictionary is None else dictionary.look_up(word, context)
    if entry is None:
        return None
    sense = entry.senses[0]
    return Definition(entry.word, sense.definition, sense.examples, sense.related_words), sense.hard


def meaning(word: str, definition: Definition) -> str:
    """A sentence that says what `word` means, told from its headword where it is another form."""
    told = clause(definition.definition)
    asked = plain(word)
    where = _IN_OLD.match(told)
    if where is not None:  # "in old books: happy and cheerful"
        return f"{capital(where[1])}, “{asked}” means {where[2]}."
    if told.startswith("the name of "):
        return f"“{capital(asked)}” is {told}."
    is_base = any(form.word == asked for form in headwords(definition.word))
    if is_base:  # the very word, or the glossary has it as "scoops" where "scoop" was asked
        asked = plain(definition.word)
    if asked == plain(definition.word):
        return f"“{capital(definition.word)}” means {told}."
    return f"“{capital(asked)}” comes from the word “{definition.word}”, which means {told}."


def clause(text: str) -> str:
    """A definition as it goes on after "means": no capital article, no full stop."""
    text = text.strip().rstrip(".")
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in ("A", "An", "The", "To", "When") else text
