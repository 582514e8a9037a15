"""What a child's card says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from readerai.clock import db_now
from sessions_app.domain.overviews import SessionOverview, overviews
from sessions_app.domain.presence.attention import Reason
from teachers.classes import sessions_of
from teachers.live.cards import STILL, ChildCard, card_html, class_cards, contents_for
from tests.sessions_app.cast import Cast
from tests.teachers.readings import Open


@pytest.fixture
def overview(cast: Cast, reading: Open) -> SessionOverview:
    [found] = overviews(sessions_of([cast.alice.pk]))
    return found


def card(cast: Cast, overview: SessionOverview | None, now: dt.datetime | None = None) -> ChildCard:
    chosen = {} if overview is None else {cast.alice.pk: overview}
    contents = contents_for(chosen)
    [made] = class_cards([cast.alice], chosen, dt.UTC, now or db_now(), contents=contents)
    return made


def reading_now(overview: SessionOverview, **changed: Any) -> SessionOverview:
    """As it would be while the child reads."""
    session = overview.session
    session.status = "active"
    overview.state.moved_at = db_now().timestamp()
    return replace(overview, **({"asking": False, "gone_since": None} | changed))


def test_child_without_a_book_has_a_card_that_says_so(cast: Cast) -> None:
    made = card(cast, None)
    assert (made.state, made.doing, made.book_title) == ("none", "No book begun yet", "")
    assert "No book begun yet" in card_html(made, "names")
    assert "Alice" not in card_html(made, "projector")


def test_card_says_what_was_done_last(cast: Cast, overview: SessionOverview) -> None:
    made = card(cast, overview)
    assert made.state == "stopped"
    assert made.doing.startswith("Stopped at ")
    assert (made.percent, made.mark, made.hand) == (43, "right", True)
    assert made.facts == ["1 min read", "1 asked"]  # fifty words are too few for a pace


@pytest.mark.parametrize(("playing", "doing"), [(True, "Listening"), (False, "Reading")])
def test_child_who_moves_reads_or_listens(
    cast: Cast, overview: SessionOverview, playing: bool, doing: str
) -> None:
    overview.state.is_playing = playing
    made = card(cast, reading_now(overview))
    assert (made.state, made.doing) == ("reading", doing)


def test_child_who_does_not_move_is_not_said_to_read(cast: Cast, overview: SessionOverview) -> None:
    later = db_now() + STILL + dt.timedelta(minutes=1)
    assert card(cast, reading_now(overview), later).doing.startswith("Still since ")


def test_child_who_asks_waits_for_an_answer(cast: Cast, overview: SessionOverview) -> None:
    asking = replace(reading_now(overview), asking=True)
    assert card(cast, asking).doing == "Asking a question"


def test_child_without_a_connection_is_away(cast: Cast, overview: SessionOverview) -> None:
    left = db_now() - dt.timedelta(minutes=90)
    made = card(cast, reading_now(overview, gone_since=left))
    assert (made.state, made.doing) == ("away", f"Away since {left:%H:%M}")


def test_finished_book_is_said_with_its_day(cast: Cast, overview: SessionOverview) -> None:
    overview.session.status = "completed"
    overview.session.completed_at = db_now()
    overview.state.evidence.covered = [(0, overview.session.book.word_count - 1)]
    assert card(cast, overview, db_now() + dt.timedelta(days=2)).doing.startswith("Finished ")
    assert card(cast, overview).doing.startswith("Finished at ")


def test_book_that_was_closed_early_is_not_said_to_be_finished(
    cast: Cast, overview: SessionOverview
) -> None:
    overview.session.status = "completed"
    overview.session.completed_at = db_now()
    made = card(cast, overview)
    assert made.state == "closed"
    assert made.doing.startswith("Closed at 43%, ")
    assert "Finished" not in card_html(made, "names") + card_html(made, "projector")


def test_listening_and_paging_through_are_told_as_such(
    cast: Cast, overview: SessionOverview
) -> None:
    read = overview.state.evidence
    read.read_time, read.heard_time, read.paged = 0.0, 720.0, [(60, 200)]
    assert card(cast, overview).facts == ["12 min heard", "141 words paged", "1 asked"]


def test_reasons_are_on_the_card_with_their_rules_and_never_on_the_projector(
    cast: Cast, overview: SessionOverview
) -> None:
    worried = replace(overview, reasons=[Reason.DISTRESS, Reason.WRONG_ANSWERS])
    made = card(cast, worried)
    assert [name for name, _ in made.reasons] == ["Worrying words", "2 wrong in a row"]
    assert "Worrying words +1" in " ".join(card_html(made, "names").split())
    assert "Worrying" not in card_html(made, "projector")
