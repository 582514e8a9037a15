"""One child's card on the wall of a class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, Literal

from django.template.loader import render_to_string

from library.addresses import cover_url
from readerai.accounts.models import Student
from sessions_app.domain.overviews import SessionOverview
from sessions_app.domain.presence.absence import moved_at
from sessions_app.domain.presence.attention import Reason
from sessions_app.models import Session

from ..contents import TableOfContents, tables_of_contents
from ..wording import REASONS, RULES, clock, percent

ReadingStatus = Literal["reading", "away", "stopped", "finished", "closed", "none"]
CardView = Literal["names", "projector"]

#: Whoever has not moved for this long is not said to be reading.
STILL: Final = dt.timedelta(minutes=2)
#: Fewer words that went by too fast are no more than a page turned early.
MANY_PAGED: Final = 100
#: Beside a longer word for what a child does, the chapter has no room on a card.
SHORT: Final = 10


@dataclass(frozen=True)
class ChildCard:
    """A child and the one session that says most about now. Everything here is ready to show.

    ``seat`` is the child's number in the class's order; ``number`` another, drawn anew each
    day, for the view without names: the order of the alphabet would give them away. ``place`` is
    the chapter, where there is room for it beside ``doing``.
    """

    seat: int
    number: int
    student: Student
    overview: SessionOverview | None = None
    state: ReadingStatus = "none"
    doing: str = "No book begun yet"
    place: str = ""

    @property
    def name(self) -> str:
        return self.student.display_name

    @property
    def hand(self) -> bool:
        return self.overview is not None and self.overview.summary.hand_raised

    @property
    def concern(self) -> bool:
        """Whether something that the child wrote is on the desk."""
        return self.overview is not None and Reason.DISTRESS in self.overview.reasons

    @property
    def book_title(self) -> str:
        return "" if self.overview is None else self.overview.session.book.title

    @property
    def cover(self) -> str:
        return "" if self.overview is None else cover_url(self.overview.session.book)

    @property
    def percent(self) -> int:
        return 0 if self.overview is None else percent(self.overview.summary.progress)

    @property
    def is_ended(self) -> bool:
        return self.state in {"finished", "closed"}

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why a teacher should have a look, and the rule that says so."""
        reasons = [] if self.overview is None else self.overview.reasons
        return [(REASONS[reason], RULES[reason]) for reason in reasons]

    @property
    def facts(self) -> list[str]:
        """What was read and how fast, as short as a card wants it."""
        if self.overview is None:
            return []
        read, summary = self.overview.state.evidence, self.overview.summary
        figures = {
            "{} min read": round(read.read_time / 60),
            "{} min heard": round(read.heard_time / 60),
            "{} words paged": read.paged_words if read.paged_words >= MANY_PAGED else 0,
            "{} wpm": round(summary.reading_speed or 0),
            "{} asked": summary.questions_asked,
        }
        return [words.format(count) for words, count in figures.items() if count]

    @property
    def mark(self) -> Literal["right", "wrong", ""]:
        """Of the last answer to a question in the book."""
        if self.overview is None or self.overview.last_correct is None:
            return ""
        return "right" if self.overview.last_correct else "wrong"


def class_cards(
    students: Sequence[Student],
    chosen: Mapping[int, SessionOverview],
    zone: dt.tzinfo,
    now: dt.datetime,
    *,
    contents: Mapping[int, TableOfContents],
    only: Collection[int] | None = None,
) -> list[ChildCard]:
    """The cards of a class in its fixed order, or ``only`` those of some children of it (primary
    keys). ``chosen`` has the overview that each child's card is about, ``contents`` the tables of
    contents of their books."""
    numbers = _daily_numbers(students, now.astimezone(zone).date())
    cards = []
    for seat, student in enumerate(students, 1):
        if only is not None and student.pk not in only:
            continue
        card = ChildCard(seat, numbers[student.pk], student)
        overview = chosen.get(student.pk)
        if overview is not None:
            state, doing = _doing(overview, zone, now)
            chapter = contents[overview.session.book_id].chapter_label(overview.state.word_index)
            place = chapter if len(doing) <= SHORT else ""
            card = replace(card, overview=overview, state=state, doing=doing, place=place)
        cards.append(card)
    return cards


def contents_for(chosen: Mapping[int, SessionOverview]) -> dict[int, TableOfContents]:
    """The tables of contents that ``class_cards`` needs."""
    return tables_of_contents(overview.session.book_id for overview in chosen.values())


def _daily_numbers(students: Sequence[Student], day: dt.date) -> dict[int, int]:
    """A number for each child, the same all day."""

    def lot(student: Student) -> bytes:
        return sha256(f"{day} {student.slug}".encode()).digest()

    return {student.pk: number for number, student in enumerate(sorted(students, key=lot), 1)}


def _doing(
    overview: SessionOverview, zone: dt.tzinfo, now: dt.datetime
) -> tuple[ReadingStatus, str]:
    session = overview.session
    if session.status == Session.Status.COMPLETED:
        ended = clock(session.completed_at or session.last_active_at, zone, now)
        if overview.finished:
            return "finished", f"Finished {_at(ended)}"
        return "closed", f"Closed at {percent(overview.summary.progress)}%, {ended}"
    if overview.gone_since is not None:
        since = clock(overview.gone_since, zone, now)
        if session.status == Session.Status.PAUSED:
            return "stopped", f"Stopped {_at(since)}"
        return "away", f"Away since {since}"
    if overview.asking:
        return "reading", "Asking a question"
    moved = moved_at(overview.state)
    if now - moved > STILL:
        return "reading", f"Still since {clock(moved, zone, now)}"
    return "reading", "Listening" if overview.state.is_playing else "Reading"


def _at(time: str) -> str:
    return f"at {time}" if ":" in time else time


def card_html(card: ChildCard, view: CardView) -> str:
    """A card as the page shows it; the projector's says nothing of who it is or how they fare."""
    template = "teachers/_card.html" if view == "names" else "teachers/_projected_card.html"
    # A plain text: the template engine's own kind of text is none to the feed's encoder.
    return str.__str__(render_to_string(template, {"card": card}))
