"""When a teacher should have a look at a child, and the rule that says so. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

WRONG_IN_A_ROW: Final = 2
SAME_PLACE: Final = dt.timedelta(minutes=5)
#: Who was stuck when their book was closed stays so for the day, unless they go on.
STAYS_STUCK: Final = dt.timedelta(hours=12)
QUESTIONS_ON_A_PAGE: Final = 3
PAGE_WORDS: Final = 150
LATELY: Final = dt.timedelta(minutes=15)


class Reason(StrEnum):
    DISTRESS = "distress"
    WRONG_ANSWERS = "wrong_answers"
    HAND_WAS_UP = "hand_was_up"
    SAME_PLACE = "same_place"
    MANY_QUESTIONS = "many_questions"


@dataclass(frozen=True)
class Facts:
    """What the rules look at. ``verdicts`` are the marks of the last answers, oldest first;
    ``asked_at_words`` where this quarter of an hour's questions were asked. A session is
    ``under_way`` until it is completed; ``open_until`` is when the book was before the child last,
    ``now`` while it is. ``hand_fell`` where a hand was up when the child left this place."""

    now: dt.datetime
    under_way: bool
    open_until: dt.datetime
    moved_at: dt.datetime
    verdicts: Sequence[bool]
    asked_at_words: Sequence[int]
    flagged: bool
    hand_fell: bool = False


def reasons(facts: Facts) -> list[Reason]:
    """Every rule that holds, the most urgent first. Whoever has finished needs no help with the
    book any more; worrying words stay worrying."""
    found: list[Reason] = []
    if facts.flagged:
        found.append(Reason.DISTRESS)
    if not facts.under_way:
        return found
    last = list(facts.verdicts)[-WRONG_IN_A_ROW:]
    if len(last) == WRONG_IN_A_ROW and not any(last):
        found.append(Reason.WRONG_ANSWERS)
    stays = facts.now - facts.open_until < STAYS_STUCK
    if stays and facts.hand_fell:
        found.append(Reason.HAND_WAS_UP)
    if stays and facts.open_until - facts.moved_at > SAME_PLACE:
        found.append(Reason.SAME_PLACE)
    if _crowded(sorted(facts.asked_at_words)):
        found.append(Reason.MANY_QUESTIONS)
    return found


def _crowded(words: list[int]) -> bool:
    reach = QUESTIONS_ON_A_PAGE - 1
    return any(
        words[at + reach] - words[at] <= PAGE_WORDS for at in range(max(0, len(words) - reach))
    )
