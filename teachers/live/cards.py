"""One child's card on the wall of a class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from django.template.loader import render_to_string

from library.addresses import cover_url
from readerai.accounts.models import Student
from sessions_app.domain.overviews import SessionOverview
from sessions_app.domain.queries import moved_at
from sessions_app.models import Session

from ..places import Contents, contents_of
from ..wording import REASONS, RULES, clock, percent

State = Literal["reading", "away", "stopped", "finished", "none"]
View = Literal["names", "projector"]

#: Whoever has not moved for this long is not said to be reading.
STILL: Final = dt.timedelta(minutes=2)
#: Beside a longer word for what a child does, the chapter has no room on a card.
SHORT: Final = 10


@dataclass(frozen=True)
class Card:
    """A child and the one session that says most about now. Everything here is ready to show.

    ``seat`` is the child's number in the class's order; ``number`` another, drawn anew each
    day, for the view without names: the order of the alphabet would give them away.
    """

    seat: int
    number: int
    student: Student
    overview: SessionOverview | None
    state: State
    doing: str
    place: str
    cover: str
    percent: int
    reasons: list[tuple[str, str]]
    facts: list[str]
    mark: Literal["right", "wrong", ""]

    @property
    def hand(self) -> bool:
        return self.overview is not None and self.overview.summary.hand_raised

    @property
    def name(self) -> str:
        return self.student.display_name

    @property
    def book_title(self) -> str:
        return "" if self.overview is None else self.overview.session.book.title


def seat_cards(
    students: Sequence[Student],
    chosen: Mapping[int, SessionOverview],
    zone: dt.tzinfo,
    now: dt.datetime,
    only: frozenset[int] | None = None,
) -> list[Card]:
    """The cards of a class in its fixed order, or ``only`` those of some children of it."""
    contents = contents_of(each.session.book_id for each in chosen.values())
    numbers = _drawn(students, now.astimezone(zone).date())
    return [
        _card(seat, numbers[student.pk], student, chosen.get(student.pk), contents, zone, now)
        for seat, student in enumerate(students, 1)
        if only is None or student.pk in only
    ]


def _drawn(students: Sequence[Student], day: dt.date) -> dict[int, int]:
    """A number for each child, the same all day."""

    def lot(student: Student) -> bytes:
        return sha256(f"{day} {student.slug}".encode()).digest()

    return {student.pk: number for number, student in enumerate(sorted(students, key=lot), 1)}


def _card(
    seat: int,
    number: int,
    student: Student,
    overview: SessionOverview | None,
    contents: Mapping[int, Contents],
    zone: dt.tzinfo,
    now: dt.datetime,
) -> Card:
    if overview is None:
        return Card(seat, number, student, None, "none", "No book begun yet", "", "", 0, [], [], "")
    state, doing = _doing(overview, zone, now)
    book = contents.get(overview.session.book_id, Contents())
    right = overview.last_correct
    return Card(
        seat=seat,
        number=number,
        student=student,
        overview=overview,
        state=state,
        doing=doing,
        place=book.place(overview.state.word_index) if len(doing) <= SHORT else "",
        cover=cover_url(overview.session.book),
        percent=percent(overview.summary.progress),
        reasons=[(REASONS[each], RULES[each]) for each in overview.reasons],
        facts=_facts(overview),
        mark="" if right is None else "right" if right else "wrong",
    )


def _doing(overview: SessionOverview, zone: dt.tzinfo, now: dt.datetime) -> tuple[State, str]:
    session, since = overview.session, clock(overview.session.last_active_at, zone, now)
    if session.status == Session.Status.COMPLETED:
        ended = session.completed_at or session.last_active_at
        return "finished", f"Finished {_at(clock(ended, zone, now))}"
    if session.status == Session.Status.PAUSED:
        return "stopped", f"Stopped {_at(since)}"
    if not overview.summary.online:
        return "away", f"Away since {since}"
    if overview.asking:
        return "reading", "Asking a question"
    moved = moved_at(overview.state)
    if now - moved > STILL:
        return "reading", f"Still since {clock(moved, zone, now)}"
    return "reading", "Listening" if overview.state.is_playing else "Reading"


def _at(time: str) -> str:
    return f"at {time}" if ":" in time else time


def _facts(overview: SessionOverview) -> list[str]:
    summary = overview.summary
    facts = []
    if summary.reading_speed is not None:
        facts.append(f"{round(summary.reading_speed)} wpm")
    if summary.questions_asked:
        facts.append(f"{summary.questions_asked} asked")
    return facts


def card_html(card: Card, view: View) -> str:
    """A card as the page shows it; the projector's says nothing of who it is or how they fare."""
    template = "teachers/_card.html" if view == "names" else "teachers/_projected_card.html"
    # A plain text: the template engine's own kind of text is none to the feed's encoder.
    return str.__str__(render_to_string(template, {"card": card}))
