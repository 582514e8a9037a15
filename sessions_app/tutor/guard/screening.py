"""Screening: which words of a child's or a tutor's get a kind sentence instead of an answer."""

from dataclasses import dataclass
from typing import Literal

from ..concern import NO_CONCERN, Concern, Context
from ..types import SCREENED, Question
from .answers import harmful_kind
from .personal import asks_for_private, find_personal, gives_contact
from .recognition import about_own_life, assess
from .replies import reply_to
from .unfit import holds_unfit_word, is_adult, is_injection, is_swearing, tells_prompt

Reason = Literal["distress", "private", "adult", "rude", "injection"]

_NO_CONTEXT = Context()
_PRIVATE = Concern("low", "private", "private data")
_REPLIES: dict[Reason, str] = {
    "private": (
        "Let us keep private things private! Names, addresses, phone numbers and passwords are "
        "only for you and the grown-ups who look after you. I would love to talk about the story."
    ),
    "adult": (
        "That is a good thing to talk about with a grown-up you trust, like somebody in your "
        "family or your teacher. I am here for the story. What would you like to know about it?"
    ),
    "rude": (
        "Let us use kind words here. Is something hard, or does it make you cross? Tell me which "
        "part it is, and I will try to help."
    ),
    "injection": (
        "I am your reading helper, and I stay just that. Ask me about a word, about somebody in "
        "the story, or about why something happened!"
    ),
}


@dataclass(frozen=True, slots=True)
class Screening:
    """Why a text gets no answer, what to say instead, and how it is marked."""

    reason: Reason
    reply: str
    flags: frozenset[str] = frozenset()
    concern: Concern = NO_CONCERN


def screen_distress(
    text: str, context: Context = _NO_CONTEXT, *, grade: int | None = None, helpline: str = ""
) -> Screening | None:
    """A kind answer to a child who may be hurt, unsafe or very unhappy; else None."""
    concern = assess(text, context)
    if not concern.is_distress:
        return None
    return comforting(concern, text, grade=grade, helpline=helpline)


def _begins_to_tell(text: str, context: Context, grade: int | None) -> Screening | None:
    """A kind answer to "can i tell you something" and the like, which a rule says are low."""
    concern = assess(text, context)
    if concern.severity != "low" or not concern.recognised_by.startswith("rule"):
        return None
    return comforting(concern, text, grade=grade)


def comforting(
    concern: Concern, text: str, *, grade: int | None = None, helpline: str = ""
) -> Screening:
    """The kind answer to `text`, whoever recognised the `concern`."""
    return Screening(
        "distress", reply_to(concern, text, grade=grade, helpline=helpline), concern=concern
    )


def screened(question: Question) -> Screening | None:
    """`screen_question` of what was asked, where it was asked."""
    return screen_question(
        question.text,
        context_of(question),
        grade=question.reading_level,
        helpline=question.helpline,
    )


def context_of(question: Question) -> Context:
    """What the book has to do with a question's words."""
    return Context(tuple(question.people), question.sentence, question.kind == "word")


def screen_question(
    text: str, context: Context = _NO_CONTEXT, *, grade: int | None = None, helpline: str = ""
) -> Screening | None:
    """What a child's words raise, the most serious first; None when they are fine."""
    distress = screen_distress(text, context, grade=grade, helpline=helpline)
    if distress is not None:
        return distress
    if is_injection(text):
        return _screening("injection")
    if asks_for_private(text) or any(one.refused for one in find_personal(text)):
        return _screening("private", _PRIVATE)
    if is_adult(text):
        return _screening("adult")
    if holds_unfit_word(text):
        return _screening("rude" if is_swearing(text) else "adult")
    return _begins_to_tell(text, context, grade)


def unplaced(
    text: str, context: Context = _NO_CONTEXT, *, grade: int | None = None
) -> Screening | None:
    """A kind answer for what a child tells of their own life, where nobody else has one."""
    found = assess(text, context)
    if found.severity != "low" and not about_own_life(text, context):
        return None
    low = Concern("low", "own_life", found.recognised_by or "own life")
    return comforting(low, text, grade=grade)


def screen_answer(text: str) -> Screening | None:
    """What a tutor's words must not do to a child; None when they are fine."""
    if harmful_kind(text) or tells_prompt(text) or gives_contact(text):
        return _screening("private")
    if is_adult(text) or holds_unfit_word(text):
        return _screening("adult")
    return None


def ask_a_grown_up(word: str) -> str:
    """What to say about a word that we do not explain."""
    return (
        f"I cannot explain “{word}” well. Please ask a grown-up you trust, "
        "like your teacher or somebody in your family."
    )


def _screening(reason: Reason, concern: Concern = NO_CONCERN) -> Screening:
    return Screening(reason, _REPLIES[reason], frozenset({SCREENED}), concern)
