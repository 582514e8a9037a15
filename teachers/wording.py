"""What a teacher's pages say: reasons, times, amounts. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sessions_app.domain.presence import attention
from sessions_app.domain.presence.attention import Reason
from sessions_app.models import ConcernSeverity, Interruption, Session
from sessions_app.tutor.concern import Kind
from sessions_app.tutor.types import OFFLINE

_SAME_PLACE_MINUTES: Final = int(attention.SAME_PLACE.total_seconds() // 60)

TODAY: Final = dt.timedelta(hours=8)

REASONS: Final[dict[Reason, str]] = {
    Reason.DISTRESS: "Worrying words",
    Reason.WRONG_ANSWERS: f"{attention.WRONG_IN_A_ROW} wrong in a row",
    Reason.HAND_WAS_UP: "Hand was up",
    Reason.SAME_PLACE: f"{_SAME_PLACE_MINUTES}+ min here",
    Reason.MANY_QUESTIONS: f"{attention.QUESTIONS_ON_A_PAGE}+ asked here",
}

RULES: Final[dict[Reason, str]] = {
    Reason.DISTRESS: "Something that this child wrote sounds as if they may be in trouble. It is"
    " on the desk, under Concerns, until somebody has dealt with it.",
    Reason.WRONG_ANSWERS: f"The last {attention.WRONG_IN_A_ROW} answers to questions in the book"
    " were wrong.",
    Reason.HAND_WAS_UP: "A hand was up here when the child left, and they have not gone on since.",
    Reason.SAME_PLACE: f"The place has not changed for more than {_SAME_PLACE_MINUTES} minutes"
    " while the book was open.",
    Reason.MANY_QUESTIONS: f"{attention.QUESTIONS_ON_A_PAGE} or more questions within"
    f" {attention.PAGE_WORDS} words, in a quarter of an hour.",
}

#: How soon somebody should look at what a child wrote.
SEVERITIES: Final[dict[str, str]] = {
    ConcernSeverity.GRAVE: "Look now",
    ConcernSeverity.MILD: "Look today",
    ConcernSeverity.LOW: "When you have time",
}

#: What it may be about.
KINDS: Final[dict[Kind, str]] = {
    "none": "",
    "own_life": "something of their own life",
    "private": "private data, such as a number or an address",
    "unhappy": "being unhappy",
    "family": "trouble in the family",
    "bullying": "being bullied",
    "secret": "a secret that somebody asked them to keep",
    "running_away": "running away",
    "online": "a stranger, or pictures of themselves, online",
    "neglect": "being hungry, alone or not looked after",
    "weapons": "a weapon",
    "abuse": "being hurt or threatened",
    "touching": "being touched",
    "self_harm": "hurting themselves, or not wanting to live",
}

#: What came of a question.
OUTCOMES: Final[dict[str, str]] = {
    Interruption.Status.PENDING: "waits for the answer",
    Interruption.Status.ANSWERED: "answered",
    Interruption.Status.FAILED: "no answer came",
    Interruption.Status.CANCELLED: "taken back",
}


def answered_by(name: str) -> str:
    """Who answered: the built-in helper, or a model by its name."""
    return "book and dictionary" if name == OFFLINE else name


def clock(moment: dt.datetime, zone: dt.tzinfo, now: dt.datetime) -> str:
    """A time as short as it can be said: ``10:32``, ``yesterday``, ``3 Mar``, ``3 Mar 2025``.
    A class that reads past midnight still has its times by the clock."""
    here, today = moment.astimezone(zone), now.astimezone(zone).date()
    if here.date() == today or now - moment < TODAY:
        return f"{here:%H:%M}"
    if here.date() == today - dt.timedelta(days=1):
        return "yesterday"
    day = f"{here.day} {here:%b}"
    return day if here.year == today.year else f"{day} {here.year}"


def counted(count: int, one: str, many: str = "") -> str:
    """``1 question``, ``3 questions``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """Reading time in words: ``under a minute``, ``12 min``, ``1 h 5 min``."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under a minute" if seconds > 0 else "0 min"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def percent(part: float) -> int:
    """0 to 1 as whole percent; what is not finished never reads as 100."""
    return 100 if part >= 1 else min(99, round(part * 100))


def listed(parts: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def session_status(session: Session, *, finished: bool, progress: float) -> str:
    """``reading``, ``stopped``, ``finished``, or ``closed at 17%`` of the book read or heard."""
    if session.status == Session.Status.COMPLETED:
        return "finished" if finished else f"closed at {percent(progress)}%"
    return "reading" if session.status == Session.Status.ACTIVE else "stopped"
