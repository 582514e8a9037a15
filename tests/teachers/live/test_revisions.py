"""What a feed shows of each session, and what of it is a change."""

from __future__ import annotations

import msgspec
import pytest

from sessions_app.protocol.summary import BookName, SessionSummary, StudentName
from teachers.live.revisions import CardHtml, SessionRevision, ShownSessions


def summary(session_id: str = "s", word_index: int = 1) -> SessionSummary:
    return SessionSummary(
        session_id=session_id,
        student=StudentName("alice", "Alice"),
        book=BookName("the-lamp", "The Lamp"),
        status="active",
        online=True,
        word_index=word_index,
        progress=0.5,
        reading_speed=None,
        questions_asked=0,
        last_question_at=None,
        score=None,
        hand_raised=False,
        needs_help=False,
        last_active_time="2026-03-04T12:00:00.000Z",
        place=0.5,
        listening=False,
    )


@pytest.mark.parametrize(
    ("before", "now", "still"),
    [
        (None, None, True),
        ({}, {}, True),
        ({"names": "a"}, {"names": "a"}, True),
        ({"names": "a"}, {"names": "b"}, False),
        ({"names": "a", "projector": "x"}, {"names": "a", "projector": "y"}, False),
        # Nobody looked at that view before, or does now.
        ({}, {"names": "a"}, True),
        ({"names": "a"}, {}, True),
        ({"names": "a"}, {"projector": "x"}, True),
        # The card is about this session now; about another one now.
        (None, {"names": "a"}, False),
        (None, {}, False),
        ({"names": "a"}, None, True),
    ],
)
def test_card_is_still_if_nobody_would_see_a_difference(
    before: CardHtml | None, now: CardHtml | None, still: bool
) -> None:
    raw = msgspec.Raw(b"{}")
    assert SessionRevision(1, raw, before).is_still(msgspec.Raw(b"{}"), now) is still
    assert not SessionRevision(1, raw, before).is_still(msgspec.Raw(b'{"a":1}'), now)


def test_number_grows_with_every_change_of_any_session() -> None:
    shown = ShownSessions()
    shown.show(summary("a"), None)
    shown.show(summary("b"), None)
    shown.show(summary("b"), None)
    shown.show(summary("a", word_index=2), None)
    assert {key: each.number for key, each in shown.revisions.items()} == {"a": 3, "b": 2}
    assert b'"wordIndex":2' in bytes(shown.revisions["a"].summary)


def test_newest_card_is_kept_though_nothing_changed() -> None:
    shown = ShownSessions()
    shown.show(summary(), {})
    shown.show(summary(), {"names": "a"})
    assert (shown.revisions["s"].number, shown.revisions["s"].html) == (1, {"names": "a"})


def test_sessions_that_are_not_kept_are_gone_and_the_order_is_the_new_one() -> None:
    shown = ShownSessions()
    for session in "abc":
        shown.show(summary(session), None)
    assert shown.keep(["c", "b", "a"]) is False
    assert shown.keep(["b", "a"]) is True
    assert list(shown.revisions) == ["b", "a"]
