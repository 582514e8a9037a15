"""The tutor that needs no network: glossary, dictionary and the passages read so far.

It quotes rather than invents, says when it does not know, and never guesses what lies ahead.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace

from library.language.story_words import story_words
from library.language.wording import LITTLE_WORDS

from ..guard import Screening, context_of, screened, unplaced
from ..types import OFFLINE, Answer, Dictionary, Question, Restart, TextDelta
from . import book_answers, little_words, people_answers, story_answers, word_answers
from .drafts import ASK_MORE, CONTINUE, Draft, not_found
from .intent import Asked
from .passages import Passages, terms
from .small_talk import answer_to_talk
from .spelling import meant, names_of
from .understanding import understand

_PIECE = re.compile(r"\S+\s*")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST_RESPELLED = 4  # a text with more words that nobody knows is no question in English
_OWN_WORDS = dict.fromkeys((word for word in story_words() if word.isalpha()), 1)


class OfflineTutor:
    """Answers from what it was given and a dictionary. Never raises a `TutorError`.

    `pause_s` is the pause between two words, in seconds, so that an answer can be read along.
    """

    def __init__(self, dictionary: Dictionary | None = None, *, pause_s: float = 0.015) -> None:
        self._dictionary = dictionary
        self._pause_s = pause_s

    async def answer(self, question: Question) -> AsyncIterator[TextDelta | Restart | Answer]:
        """Stream the answer word by word; see `Tutor.answer`."""
        # Ranking a whole novel takes tens of milliseconds: not on the loop that serves everybody.
        draft = await asyncio.to_thread(compose, question, self._dictionary)
        for piece in _PIECE.findall(draft.text):
            yield TextDelta(piece)
            await asyncio.sleep(self._pause_s)
        yield draft.answer(question, OFFLINE)

    async def aclose(self) -> None:
        """Nothing is held open."""


def compose(question: Question, dictionary: Dictionary | None) -> Draft:
    """The whole answer at once."""
    instead = screened(question)
    if instead is not None:
        return _kind_word(instead)
    draft = _composed(question, dictionary)
    if draft in (not_found(question), book_answers.ahead(question), answer_to_talk("unclear")):
        own_life = unplaced(question.text, context_of(question), grade=question.reading_level)
        if own_life is not None:
            return _kind_word(own_life)
    return draft


def _kind_word(screening: Screening) -> Draft:
    return Draft(
        screening.reply,
        suggestions=(ASK_MORE, CONTINUE),
        flags=screening.flags,
        concern=screening.concern,
    )


def _composed(question: Question, dictionary: Dictionary | None) -> Draft:
    asked = understand(question.text, clicked=question.kind == "word")
    if asked.topic == "talk":
        return answer_to_talk(asked.subject)
    passages = Passages(question.chapters, visible=question.visible_to_word_index)
    if asked.topic in ("word", "thing", "person"):
        return _about_something(asked, question, passages, dictionary)
    return _about_book(asked, question, passages, dictionary)


def _about_book(
    asked: Asked, question: Question, passages: Passages, dictionary: Dictionary | None
) -> Draft:
    match asked.topic:
        case "sentence":
            return word_answers.explain_sentence(question, passages, dictionary)
        case "read_aloud":
            return little_words.read_again(passages)
        case "spelling" | "saying":
            subject = _respelled(asked.subject, question, passages, dictionary) or asked.subject
            return little_words.spell(subject, aloud=asked.topic == "saying")
        case "book":
            return book_answers.about_book(asked.subject, question)
        case "chapter":
            return book_answers.chapter_so_far(int(asked.subject), question, passages)
        case "ahead":
            return book_answers.ahead(question)
        case "so_far":
            return book_answers.so_far(question, passages)
        case "cast":
            return book_answers.cast(question, passages)
    better = _respelled(question.text, question, passages, dictionary)
    if better is not None:
        question = replace(question, text=better)
    return story_answers.about_story(asked.topic, question, passages)


def _about_something(
    asked: Asked, question: Question, passages: Passages, dictionary: Dictionary | None
) -> Draft:
    found = _known(asked, question, passages, dictionary)
    if found is not None:
        return found
    better = _respelled(asked.subject, question, passages, dictionary)
    if better is not None:
        found = _known(Asked(asked.topic, better), question, passages, dictionary)
        if found is not None:
            shown = better.title() if passages.only_names(better) else better
            return replace(found, text=f"Do you mean “{shown}”? {found.text}")
    return _unknown(asked, question, passages)


def _known(
    asked: Asked, question: Question, passages: Passages, dictionary: Dictionary | None
) -> Draft | None:
    """What is known of a word, a thing or a person; None where that is nothing."""
    subject = asked.subject
    defined = word_answers.define(subject, question, passages, dictionary)
    if asked.topic == "person":
        known = people_answers.about_person(subject, question, passages)
        met = any(passages.has(term) for term in terms(subject))
        return known or (defined if met else None)
    named = people_answers.by_name(subject, question)
    if named is not None and not word_answers.in_glossary(subject, question.glossary):
        return named
    if defined is not None:
        return defined
    if not subject.isalpha() and not passages.only_names(subject):
        defined = word_answers.define_each(subject, question, passages, dictionary)
        if defined is not None:
            return defined
    if " " in subject and any(passages.has(term) for term in terms(subject)):
        return story_answers.about_story("other", question, passages)
    if subject[:1].isalpha() and _is_name(subject, passages):
        return people_answers.about_person(subject, question, passages)
    return None


def _unknown(asked: Asked, question: Question, passages: Passages) -> Draft:
    if asked.topic == "person":
        if terms(asked.subject):
            return people_answers.unmet(asked.subject)
        return story_answers.about_story("who", question, passages)
    if asked.topic == "thing" and not terms(asked.subject):
        return answer_to_talk("unclear")
    return word_answers.unknown_word(asked.subject, question, passages)


def _respelled(
    text: str, question: Question, passages: Passages, dictionary: Dictionary | None
) -> str | None:
    """`text` with the words that nobody knows put right, or None where none can be."""
    near = passages.vocabulary()
    for word in LITTLE_WORDS:
        near.pop(word, None)
    near.update(names_of((*question.people, *question.glossary)))
    parts = _LETTERS.findall(text.lower())
    unknown = [part for part in parts if part not in near and _is_unknown(part, dictionary)]
    better = {
        part: meant(part, near) or meant(part, _OWN_WORDS) for part in unknown[:_MOST_RESPELLED]
    }
    changed = any(better.values())
    parts = [better.get(part) or part for part in parts]
    return " ".join(parts) if changed else None


def _is_unknown(word: str, dictionary: Dictionary | None) -> bool:
    if word in LITTLE_WORDS or not terms(word):
        return False
    return dictionary is None or not dictionary.knows(word)


def _is_name(subject: str, passages: Passages) -> bool:
    """Whether the book writes the subject with a capital inside its sentences."""
    name = subject.rsplit(maxsplit=1)[-1].capitalize()
    return any(re.search(rf"\w,? {re.escape(name)}\b", s.text) for s in passages.sentences)
