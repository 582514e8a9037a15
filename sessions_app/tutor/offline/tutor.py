"""The tutor that needs no network: glossary, dictionary and the passages read so far.

It quotes rather than invents, says when it is not sure, and never guesses what lies ahead.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace

from ..guard import Screening, context_of, screened, unplaced
from ..types import OFFLINE, Answer, Dictionary, Question, Restart, TextDelta
from .drafts import ASK_MORE, CONTINUE, Draft
from .people_answers import about_who
from .prepared_answers import about_prepared
from .retrieval.passages import Passages
from .story.book_answers import about_whole_story
from .story.story_answers import about_facts, about_more
from .story_so_far import Answerer, StorySoFar, story_of
from .talk_answers import about_talk
from .understanding import Intent, understand
from .understanding.follow_ups import said_in_full
from .understanding.name_marks import understood
from .understanding.questions import plain_question
from .understanding.spanish import from_spanish
from .understanding.spelling import respelled
from .understanding.wording import even
from .words.idioms import idioms_in
from .words.little_words import about_letters, about_pronoun
from .words.sentences import about_sentence
from .words.word_answers import about_example, about_word

_PIECE = re.compile(r"\S+\s*")
_IN_ENGLISH = "Te lo digo en inglés fácil:"
_NEAR = 6  # sentences back in which "he" may have been named

#: Who is asked for an answer, in this order; the first that has one gives it.
ANSWERERS: tuple[Answerer, ...] = (
    about_talk,
    about_prepared,
    about_sentence,
    about_letters,
    about_whole_story,
    about_more,
    about_example,
    about_word,
    about_who,
    about_pronoun,
    about_facts,
)


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
    if draft.is_last_resort:
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
    intent, story = _understood(question, dictionary)
    answers = (answer(intent, story) for answer in ANSWERERS)
    draft = next(draft for draft in answers if draft is not None)
    if story.question.text != question.text:
        draft = replace(draft, text=f"{_IN_ENGLISH} {draft.text}")
    if intent.topic in ("word", "thing", "person") and intent.subject in story.guessed:
        meant = story.names.named(intent.subject) or intent.subject
        draft = replace(draft, text=f"Do you mean “{meant}”? {draft.text}")
    return draft


def _understood(question: Question, dictionary: Dictionary | None) -> tuple[Intent, StorySoFar]:
    """What is asked, its spelling mended by the book and what it refers back to named."""
    english = from_spanish(even(question.text)) if question.kind != "word" else None
    if english is not None:
        question = replace(question, text=english)
    question = story_of(question)
    passages = Passages(question.chapters, visible=question.visible_to_word_index)
    asked = plain_question(question.text)
    story = StorySoFar(question, passages, dictionary, asked)
    if question.kind == "word":
        return understand(question.text, clicked=True), story
    written, names = question.text, story.names.all()
    phrase = even(written)
    if phrase != asked and any(one.standing == phrase for one in idioms_in(phrase)):
        return Intent("word", phrase), story  # "so that": here "so" is no filler
    intent = understood(written, names, written)
    if intent.topic == "talk" and intent.subject != "unclear":
        return intent, story
    mended, guessed = respelled(
        asked, passages.vocabulary(), {*names, *question.glossary}, dictionary, written=written
    )
    if mended != asked:
        asked, intent = plain_question(mended), understood(mended, names, written)
    before = question.earlier[-1] if question.earlier else None
    near = [sentence.text for sentence in reversed(passages.sentences[-_NEAR:])]
    full = said_in_full(
        asked, intent, (before.question, before.answer) if before else None, story.names, near
    )
    if full != asked:
        intent = understood(full, names, written)
    return intent, story.asking(plain_question(full), guessed)
