"""The tutor that needs no network: glossary, dictionary and the passages read so far.

It quotes rather than invents, says when it does not know, and never guesses what lies ahead.
"""

import asyncio
import re
from collections.abc import AsyncIterator

from . import story_answers, word_answers
from .asking import Asked, understand
from .drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, Draft
from .guard import screen_question
from .passages import Passages, terms
from .types import OFFLINE, Answer, Dictionary, Question, Restart, TextDelta

_PIECE = re.compile(r"\S+\s*")
_SMALL_TALK = {
    "greeting": "Hello! I am reading with you. Ask me about a word or about the story.",
    "thanks": "You are welcome! Shall we read on?",
    "helper": (
        "I am your reading helper, a computer program. I can tell you what words mean and look "
        "things up in the part you have read. Ask me about the story!"
    ),
    "feeling": (
        "Thank you for telling me! It is good to think about a story. "
        "Which part made you think that?"
    ),
    "unclear": (
        "I did not understand that, I am sorry. You can ask what a word means, who somebody is, "
        "or why something happened."
    ),
}


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
    concern = screen_question(question.text)
    if concern is not None:
        suggestions = (ASK_MORE, CONTINUE)
        return Draft(concern.reply, suggestions=suggestions, flags=concern.flags)
    asked = understand(question.text, clicked=question.kind == "word")
    if asked.topic in _SMALL_TALK:
        return Draft(_SMALL_TALK[asked.topic])
    passages = Passages(question.chapters, visible=question.visible_to_word_index)
    if asked.topic in ("word", "thing", "person", "sentence"):
        return _about_something(asked, question, passages, dictionary)
    if asked.topic == "ahead":
        return story_answers.ahead(question)
    if asked.topic == "so_far":
        return story_answers.so_far(question, passages)
    if asked.topic == "cast":
        return story_answers.cast(question, passages)
    return story_answers.about_story(asked.topic, question, passages)


def _about_something(
    asked: Asked, question: Question, passages: Passages, dictionary: Dictionary | None
) -> Draft:
    subject = asked.subject
    if asked.topic == "sentence":
        return word_answers.explain_sentence(question, passages, dictionary)
    if asked.topic == "person":
        return (
            story_answers.about_person(subject, question, passages)
            or word_answers.define(subject, question, passages, dictionary)
            or _unmet(subject, question, passages)
        )
    if story_answers.in_people(subject, question) and not word_answers.in_glossary(
        subject, question.glossary
    ):
        found = story_answers.about_person(subject, question, passages)
        if found is not None:
            return found
    found = word_answers.define(subject, question, passages, dictionary)
    if found is not None:
        return found
    if not terms(subject) and asked.topic == "thing":
        return Draft(_SMALL_TALK["unclear"], suggestions=(ASK_MORE, HEAR_AGAIN, CONTINUE))
    if any(passages.has(term) for term in terms(subject)) and " " in subject:
        return story_answers.about_story("other", question, passages)
    introduced = story_answers.about_person(subject, question, passages)
    if introduced is not None and subject[:1].isalpha() and _is_name(subject, passages):
        return introduced
    return word_answers.unknown_word(subject, question, passages)


def _unmet(subject: str, question: Question, passages: Passages) -> Draft:
    if terms(subject):
        return story_answers.unmet(subject)
    return story_answers.about_story("who", question, passages)


def _is_name(subject: str, passages: Passages) -> bool:
    """Whether the book writes the subject with a capital inside its sentences."""
    name = subject.split()[-1].capitalize()
    return any(re.search(rf"\w,? {re.escape(name)}\b", s.text) for s in passages.sentences)
