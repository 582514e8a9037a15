"""Answers about a word or the sentence that the child is in."""

import re
from collections.abc import Iterator, Mapping

from library.language.lemmas import headwords, plain, share_headword, stem, word_set
from library.language.wording import LITTLE_WORDS, never_defined

from ..guard import ask_a_grown_up
from ..types import Citation, Definition, Dictionary, Question, Sentence
from .drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, USE_THE_WORD, Draft, capital, quoted
from .little_words import little_word, written_out
from .passages import Passages, terms

_MOST_QUOTED = 32
_LONGEST_SHOWN = 30
_IN_OLD = re.compile(r"(in old \w+): (.+)")
#: The school grade from which a definition for grown-ups is better than none.
_HARD_FROM_LEVEL = 3
_WORD_SUGGESTIONS = (CONTINUE, USE_THE_WORD, HEAR_AGAIN)
#: Words so common that no child needs them explained when a whole sentence is the question.
_SIMPLE_LENGTH = 5
# Long, and known to everybody who can read them: a hard sentence is hard for another word.
_EASY = word_set(
    "everyone everything everybody something someone somebody anything anyone nothing nobody"
    " another because before behind around always together morning evening afternoon tonight"
    " tomorrow yesterday friend people person children mother father brother sister family"
    " answer little follow happen listen second minute animal window garden kitchen school"
    " teacher letter number picture summer winter yellow orange purple without between outside"
    " inside myself himself herself itself birthday question remember"
)


def define(
    word: str, question: Question, passages: Passages, dictionary: Dictionary | None
) -> Draft | None:
    """What a word means: by the book's glossary, else by the dictionary; None when unknown."""
    if never_defined(word):
        return Draft(ask_a_grown_up(word), suggestions=(CONTINUE, ASK_MORE))
    full = written_out(word)
    if full is not None:
        return full
    where = _standing_in(word, question, passages)
    found = _look_up(word, question, where.text if where else question.sentence, dictionary)
    if found is None:
        return little_word(word, passages)
    definition, hard = found
    if hard and question.reading_level < _HARD_FROM_LEVEL:
        return None
    text = _from_grown_ups(word, definition) if hard else _meaning(word, definition)
    citations: tuple[Citation, ...] = ()
    if where is not None and len(where.text.split()) <= _MOST_QUOTED:
        quote, citations = quoted([where], _MOST_QUOTED)
        text = f"{text} In the story: {quote}"
    elif definition.examples:
        text = f"{text} For example: “{_as_sentence(definition.examples[0])}”"
    return Draft(text, "definition", definition, citations, _WORD_SUGGESTIONS)


def define_each(
    words: str, question: Question, passages: Passages, dictionary: Dictionary | None
) -> Draft | None:
    """What each word of "wicked witch" means, where all of them are known and easy to explain."""
    parts = [part for part in words.replace("-", " ").split() if part not in LITTLE_WORDS]
    where = _standing_in(words, question, passages)
    context = where.text if where else words
    found = [_look_up(part, question, context, dictionary) for part in parts[:3]]
    known = [one[0] for one in found if one is not None and not one[1]]
    if not known or len(known) != len(parts):
        return None
    text = " ".join(_meaning(part, one) for part, one in zip(parts, known, strict=True))
    citations: tuple[Citation, ...] = ()
    if where is not None and len(where.text.split()) <= _MOST_QUOTED:
        quote, citations = quoted([where], _MOST_QUOTED)
        text = f"{text} In the story: {quote}"
    return Draft(text, "definition", known[-1], citations, _WORD_SUGGESTIONS)


def _look_up(
    word: str, question: Question, context: str, dictionary: Dictionary | None
) -> tuple[Definition, bool] | None:
    """(meaning, whether it is worded for grown-ups): by the book's glossary or the dictionary."""
    own = in_glossary(word, question.glossary)
    if own is not None:
        return own, False
    return None if dictionary is None else _in_dictionary(word, context, dictionary)


def _from_grown_ups(word: str, definition: Definition) -> str:
    """A meaning that we have only in a dictionary's hard words, called what it is."""
    meaning = _clause(definition.definition)
    return (
        f"I have no easy words for “{plain(word)}”. A dictionary for grown-ups says: “{meaning}”. "
        "Your teacher can explain it better."
    )


def unknown_word(word: str, question: Question, passages: Passages) -> Draft:
    """Saying honestly that a word is not known, with a way on."""
    where = _standing_in(word, question, passages)
    shown = " " not in word and len(word) <= _LONGEST_SHOWN
    what = f"the word “{word}”" if shown else "what that is"
    text = f"I do not know {what}, I am sorry."
    if where is None or len(where.text.split()) > _MOST_QUOTED:
        return Draft(f"{text} Your teacher or somebody at home may know it.")
    quote, citations = quoted([where], _MOST_QUOTED)
    text = f"{text} Here it is in the story: {quote} Can you guess from that? Or ask a grown-up."
    return Draft(text, citations=citations, suggestions=(HEAR_AGAIN, CONTINUE))


def explain_sentence(
    question: Question, passages: Passages, dictionary: Dictionary | None
) -> Draft:
    """Help with the sentence that the child is in: its hard words, at most two of them."""
    here = passages.sentences[-1] if passages.sentences else None
    if here is None:
        return Draft("Let us begin to read, and then ask me again!", suggestions=(CONTINUE,))
    quote, citations = quoted([here], 60)
    hard = _hard_words(question, here, dictionary)
    if not hard:
        text = (
            f"Let us read it slowly once more: {quote} Which word in it is hard? Ask me about it!"
        )
        return Draft(text, "explanation", citations=citations, suggestions=(HEAR_AGAIN, ASK_MORE))
    meanings = " ".join(_meaning(word, definition) for word, definition in hard)
    text = f"Let us take it slowly. {meanings} Now read it once more: {quote}"
    return Draft(text, "explanation", hard[0][1], citations, (HEAR_AGAIN, ASK_MORE, CONTINUE))


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


def _in_dictionary(
    word: str, context: str, dictionary: Dictionary
) -> tuple[Definition, bool] | None:
    entry = dictionary.look_up(word, context)
    if entry is None:
        return None
    sense = entry.senses[0]
    meaning = Definition(entry.word, sense.definition, sense.examples, sense.related_words)
    return meaning, sense.hard


def _meaning(word: str, definition: Definition) -> str:
    meaning = _clause(definition.definition)
    asked = plain(word)
    where = _IN_OLD.match(meaning)
    if where is not None:  # "in old books: happy and cheerful"
        return f"{capital(where[1])}, “{asked}” means {where[2]}."
    if meaning.startswith("the name of "):
        return f"“{capital(asked)}” is {meaning}."
    is_base = any(form.word == asked for form in headwords(definition.word))
    if is_base:  # the very word, or the glossary has it as "scoops" where "scoop" was asked
        asked = plain(definition.word)
    if asked == plain(definition.word):
        return f"“{capital(definition.word)}” means {meaning}."
    return f"“{capital(asked)}” comes from the word “{definition.word}”, which means {meaning}."


def _clause(text: str) -> str:
    """A definition as it goes on after "means": no capital article, no full stop."""
    text = text.strip().rstrip(".")
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in ("A", "An", "The", "To", "When") else text


def _as_sentence(example: str) -> str:
    example = capital(example.strip())
    return example if example.endswith((".", "!", "?")) else f"{example}."


def _standing_in(word: str, question: Question, passages: Passages) -> Sentence | None:
    """The sentence with this word: the child's own, else the last one read that has it."""
    here = passages.sentences[-1:]
    holds = _holds_word if " " not in word else _holds_phrase
    return next((s for s in (*here, *reversed(passages.sentences)) if holds(s.text, word)), None)


def _holds_phrase(text: str, phrase: str) -> bool:
    return re.search(rf"\b{re.escape(phrase.lower())}\b", text.lower()) is not None


def _holds_word(text: str, word: str) -> bool:
    """Whether `text` has `word` in any form: "wolves" for "wolf", but not "far" for "fare"."""
    return any(
        stem(token) == stem(word) and share_headword(token, word)
        for token in text.replace("—", " ").split()
    )


def _hard_words(
    question: Question, here: Sentence, dictionary: Dictionary | None
) -> list[tuple[str, Definition]]:
    return list(_explained(question, here, dictionary))[:2]


def _explained(
    question: Question, here: Sentence, dictionary: Dictionary | None
) -> Iterator[tuple[str, Definition]]:
    words = [plain(word) for word in here.text.replace("—", " ").split()]
    words = [word for word in dict.fromkeys(words) if terms(word) and not never_defined(word)]
    unexplained = []
    for word in words:
        own = in_glossary(word, question.glossary)
        if own is not None:
            yield word, own
        else:
            unexplained.append(word)
    if dictionary is None:
        return
    names = {part.lower() for name in question.people for part in name.split()}
    names |= {plain(word) for word in here.text.split()[1:] if word[:1].isupper()}
    for word in sorted(unexplained, key=len, reverse=True):
        if len(word) <= _SIMPLE_LENGTH or word in names:
            continue
        found = _in_dictionary(word, here.text, dictionary)
        if found is None or found[1] or found[0].word in _EASY:
            continue
        if len(found[0].word) >= _SIMPLE_LENGTH:  # "jumping" is no harder than "jump"
            yield word, found[0]
