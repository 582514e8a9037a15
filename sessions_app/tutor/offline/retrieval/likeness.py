"""How nearly a sentence is worded as the answer to a question would be."""

import re

from .answer_types import NUMBER
from .passages import terms

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FEWEST_ALIKE, _MOST_ALIKE = 3, 5
_OF_THE_RUN = 0.25
_COUNTED = re.compile(r"\bhow many (?:more |of (?:the|his|her|their) )?([\w'-]+)")
_SAYS_WHAT_IT_IS = re.compile(
    r"\b(?:is|are|was|were|does|did) (?:the |his |her |their )?([\w'-]+)(?: look like)?$"
)
_WHAT_IS_IN = re.compile(
    r"^what (?:is|are|was|were) ((?:in|inside|on|under|behind) (?:the|his|her|their) [\w'-]+)"
)
_SAYS_OF = re.compile(
    r"\bdid (?:the |his |her |their )?([\w'. -]+?) (?:say|tell|ask|answer|shout)\b"
)
_SAYING = r"(?:said|says|told|asked|answered|cried|called|shouted|whispered)"


def likeness(asked: str, text: str) -> float:
    """From 0 to about 1.5: the question's words in their order, a number before what is counted,
    and "X was" where it is asked what or how X was, or "said X" where it is what X said."""
    lower = text.lower().replace("’", "'")
    points = _OF_THE_RUN * max(0, _longest_run(asked, lower) - _FEWEST_ALIKE + 1)
    counted = _COUNTED.search(asked)
    if counted is not None and _is_counted(counted[1], lower):
        points += 0.6
    subject = _SAYS_WHAT_IT_IS.search(asked)
    if subject is not None and re.search(
        rf"\b{re.escape(subject[1])} (?:is|are|was|were)\b", lower
    ):
        points += 0.3
    inside = _WHAT_IS_IN.search(asked)
    if inside is not None and inside[1] in lower:
        points += 0.4
    speaker = _SAYS_OF.search(asked)
    if speaker is not None:
        who = re.escape(speaker[1].split()[-1])
        points += 0.4 * bool(
            re.search(rf"\b{who} {_SAYING}\b|\b{_SAYING} (?:\w+\.? )?{who}\b", lower)
        )
    return points


def _longest_run(asked: str, text: str) -> int:
    """The most words that stand in both in one row and say anything."""
    own, theirs = _WORD.findall(asked), _WORD.findall(text)
    best = 0
    for start in range(len(own)):
        for place in range(len(theirs)):
            length = 0
            while (
                length < _MOST_ALIKE
                and start + length < len(own)
                and place + length < len(theirs)
                and own[start + length] == theirs[place + length]
            ):
                length += 1
            if length > best and terms(" ".join(own[start : start + length])):
                best = length
    return best


def _is_counted(noun: str, text: str) -> bool:
    wanted = terms(noun)
    return bool(wanted) and any(
        wanted[0] in terms(found[1])
        for found in re.finditer(rf"{NUMBER}(?:-\w+)?((?: [\w'-]+){{1,3}})", text)
    )
