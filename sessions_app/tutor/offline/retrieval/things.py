"""Which thing a text brings up: what a later "it" may stand for."""

import re

from .answer_types import PERSON_WORD

_END = (
    r"(?=[^\w\s]| (?:of|in|on|at|by|for|with|from|to|into|that|which|who|and|or|but|so|as|is|was|"
    r"were|are|had|has|did|does|do|under|behind|near|when|while|called|named|made|come|came|go|went|"
    r"bring|brought|give|gave|say|said|look|looked|\w+ed|\w+ing)\b|$)"
)
_NEW = re.compile(rf"\b(?:an?|one) ((?:[a-z'-]+ ){{0,2}}?[a-z'-]+){_END}")
_KNOWN = re.compile(
    rf"\b(?:the|his|her|their) ((?:[a-z'-]+ ){{0,2}}?[a-z'-]+){_END}", re.IGNORECASE
)
_ASKS_FOR_A_THING = re.compile(r"^(?:what|who|whom|which)\b.*\b(?:did|does|do|is|was)\b")
_SHORT = 25  # words of an answer that speaks of one thing


def thing_asked_of(question: str, answer: str) -> str | None:
    """What the next question's "it" may be: the thing that was asked for, or asked about."""
    new = _things(_NEW, answer)
    if new and _ASKS_FOR_A_THING.search(question) and len(answer.split()) <= _SHORT:
        return new[0]
    known = _things(_KNOWN, question)
    return next(iter((*known[-1:], *new[:1], *_things(_KNOWN, answer)[:1])), None)


def _things(pattern: re.Pattern[str], text: str) -> list[str]:
    return [thing for thing in pattern.findall(text) if not PERSON_WORD.search(thing)]
