"""Answers about a word or a phrase: what it means in the sentence where it stands."""

import re
from dataclasses import replace

from library.language.lemmas import plain, share_headword, stem
from library.language.parts import part_wanted
from library.language.wording import LITTLE_WORDS, never_defined

from ...guard import ask_a_grown_up
from ...types import Citation, Definition, Sentence
from ..drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, USE_THE_WORD, Draft, and_list, capital, quoted
from ..retrieval.passages import terms
from ..story.people_answers import about_person, by_name
from ..story_so_far import StorySoFar
from ..understanding.intent import Intent
from .idioms import Idiom, idiom_of, idioms_in
from .little_words import in_long_form, is_little, is_pronoun, little_word
from .meanings import clause, in_dictionary, in_glossary, meaning
from .sentences import about_sentence

_MOST_QUOTED = 32
_MOST_WORDS = 2
_QUOTED_TO_THE_SMALLEST = 20
_LONGEST_SHOWN = 30
#: The school grade from which a definition for grown-ups is better than none.
_HARD_FROM_LEVEL = 3
_OLDER_FROM_LEVEL = 5
_WORD_SUGGESTIONS = (CONTINUE, USE_THE_WORD, HEAR_AGAIN)
_SURE_PART = 5.0


def about_word(intent: Intent, story: StorySoFar) -> Draft | None:
    """What a word, a phrase or a thing is; None where it is rather a question about the story."""
    if intent.topic not in ("word", "thing"):
        return None
    subject = intent.subject
    known = _known(subject, story)
    if known is None and intent.topic == "thing" and (" " in subject or not terms(subject)):
        return None
    if known is None and len(subject.split()) > _MOST_WORDS and story.here is not None:
        return about_sentence(Intent("sentence"), story)
    return known or unknown_word(subject, story)


def define(word: str, story: StorySoFar) -> Draft | None:
    """What a word means: by the book's glossary, else by the dictionary; None when unknown."""
    where = _standing_in(word, story)
    found = _look_up(word, story, where.text if where else story.question.sentence)
    if found is None:
        return None
    definition, hard = found
    if hard and story.level < _HARD_FROM_LEVEL:
        return None
    text = _from_grown_ups(word, definition) if hard else meaning(word, definition)
    if story.level >= _OLDER_FROM_LEVEL and definition.related_words and not hard:
        text = f"{text} Words close to it: {and_list(definition.related_words)}."
    text, citations = _in_the_story(text, where, story)
    if not citations and definition.examples:
        text = f"{text} For example: “{_as_sentence(definition.examples[0])}”"
    return Draft(text, "definition", definition, citations, _WORD_SUGGESTIONS)


def unknown_word(word: str, story: StorySoFar) -> Draft:
    """Saying honestly that a word is not known, with a way on."""
    where = _standing_in(word, story)
    shown = " " not in word and len(word) <= _LONGEST_SHOWN
    what = f"the word “{word}”" if shown else "what that is"
    text = f"I do not know {what}, I am sorry."
    if where is None or where.word_count > _MOST_QUOTED:
        return Draft(f"{text} Your teacher or somebody at home may know it.")
    quote, citations = quoted([where], _MOST_QUOTED)
    text = f"{text} Here it is in the story: {quote} Can you guess from that? Or ask a grown-up."
    return Draft(text, citations=citations, suggestions=(HEAR_AGAIN, CONTINUE))


def _known(subject: str, story: StorySoFar) -> Draft | None:
    if never_defined(subject):
        return Draft(ask_a_grown_up(subject), suggestions=(CONTINUE, ASK_MORE))
    return (
        _named(subject, story)
        or in_long_form(subject)
        or _phrase(subject, story)
        or _little(subject, story)
        or define(subject, story)
        or little_word(subject, story)
        or _each(subject, story)
    )


def _named(subject: str, story: StorySoFar) -> Draft | None:
    """NamesSoFar before words: Ines is no inch, and Miles is no mile."""
    if in_glossary(subject, story.question.glossary) is not None:
        return None
    listed = by_name(subject, story.question)
    name = story.names.named(subject)
    small = story.question.kind == "word" and story.question.text[:1].islower()
    if small or (listed is None and name is None):
        return None
    told = listed or about_person(name or subject, story)
    if listed is not None or told is None or name is None:
        return told
    return replace(told, text=f"“{name}” is a name here. {told.text}")


def _phrase(subject: str, story: StorySoFar) -> Draft | None:
    """The phrase that was asked for, or the one that the asked word begins where it stands."""
    if " " in plain(subject):
        idiom = idiom_of(subject)
        where = _standing_in(subject, story)
        if in_glossary(subject, story.question.glossary) is not None:
            return None
    else:
        where = story.here
        standing = idioms_in(where.text) if where is not None else ()
        bare = plain(subject)
        idiom = next((one for one in standing if _belongs(bare, one)), None)
    return None if idiom is None else idiom_answer(idiom, where, story)


def _belongs(word: str, idiom: Idiom) -> bool:
    """Whether the phrase is meant where one of its words is asked."""
    if is_pronoun(word) or not idiom.covers(word):
        return False
    return is_little(word) or idiom.is_telling


def idiom_answer(idiom: Idiom, where: Sentence | None, story: StorySoFar) -> Draft:
    """What a phrase means whose words belong together."""
    told = f"To “{idiom.phrase}” means" if idiom.meaning.startswith(("to ", "not to ")) else (
        f"“{capital(idiom.phrase)}” means")  # fmt: skip
    meant = idiom.meaning
    text = f"The words belong together here. {told} {meant}."
    text, citations = _in_the_story(text, where, story)
    structured = Definition(idiom.phrase, meant)
    return Draft(text, "definition", structured, citations, _WORD_SUGGESTIONS)


def _little(subject: str, story: StorySoFar) -> Draft | None:
    """A word that has a use rather than a meaning, unless it is a thing here: "a well"."""
    bare = plain(subject)
    if not is_little(bare) or in_glossary(bare, story.question.glossary) is not None:
        return None
    wanted = part_wanted(bare, story.question.sentence)
    if bare not in LITTLE_WORDS and wanted.get("noun", 0.0) >= _SURE_PART:
        return None
    return little_word(bare, story)


def _each(words: str, story: StorySoFar) -> Draft | None:
    """What each word of "wicked witch" means, where all of them are known and easy to explain."""
    parts = [part for part in words.replace("-", " ").split() if not is_little(part)]
    where = _standing_in(words, story)
    context = where.text if where else words
    found = [_look_up(part, story, context) for part in parts[:3]]
    known = [one[0] for one in found if one is not None and not one[1]]
    if (
        len(parts) > _MOST_WORDS
        or not known
        or len(known) != len(parts)
        or (len(parts) > 1 and where is None)
    ):
        return None
    text = " ".join(meaning(part, one) for part, one in zip(parts, known, strict=True))
    text, citations = _in_the_story(text, where, story)
    return Draft(text, "definition", known[-1], citations, _WORD_SUGGESTIONS)


def _look_up(word: str, story: StorySoFar, context: str) -> tuple[Definition, bool] | None:
    """(meaning, whether it is worded for grown-ups): by the book's glossary or the dictionary."""
    own = in_glossary(word, story.question.glossary)
    return (own, False) if own is not None else in_dictionary(word, context, story.dictionary)


def _in_the_story(
    text: str, where: Sentence | None, story: StorySoFar
) -> tuple[str, tuple[Citation, ...]]:
    """`text` with the sentence where the word stands, unless that is too long for the child."""
    most = _MOST_QUOTED if story.level > 1 else _QUOTED_TO_THE_SMALLEST
    if where is None or where.word_count > most:
        return text, ()
    quote, citations = quoted([where], most)
    return f"{text} In the story: {quote}", citations


def _from_grown_ups(word: str, definition: Definition) -> str:
    """A meaning that we have only in a dictionary's hard words, called what it is."""
    return (
        f"I have no easy words for “{plain(word)}”. A dictionary for grown-ups says: "
        f"“{clause(definition.definition)}”. Your teacher can explain it better."
    )


def _as_sentence(example: str) -> str:
    example = capital(example.strip())
    return example if example.endswith((".", "!", "?")) else f"{example}."


def _standing_in(word: str, story: StorySoFar) -> Sentence | None:
    """The sentence with this word: the child's own, else the last one read that has it."""
    read = story.passages.sentences
    holds = _holds_word if " " not in word else _holds_phrase
    return next((s for s in (*read[-1:], *reversed(read)) if holds(s.text, word)), None)


def _holds_phrase(text: str, phrase: str) -> bool:
    straight = text.lower().replace("’", "'")
    return re.search(rf"\b{re.escape(phrase.lower())}\b", straight) is not None


def _holds_word(text: str, word: str) -> bool:
    """Whether `text` has `word` in any form: "wolves" for "wolf", but not "far" for "fare"."""
    key = stem(word)
    return any(
        stem(token) == key and share_headword(token, word)
        for token in text.replace("—", " ").split()
    )
