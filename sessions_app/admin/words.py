"""A child's words, for staff who have said why: shown once, in the answer to the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from django import forms

from ..domain import queries, questions
from ..domain.audit import facts_of
from ..domain.errors import SessionNotFound
from ..models import Event, Session


class ReasonForm(forms.Form):
    """Why somebody reads a child's words. The child sees it."""

    reason = forms.CharField(
        label="Why do you need this?",
        help_text="It is logged with your name. The child and their school can read it.",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )


@dataclass(frozen=True)
class Words:
    """What a session sealed, opened."""

    reading: list[tuple[str, str]]
    asked: list[tuple[questions.QuestionFacts, questions.AnswerOutcome | None]]
    answered: list[tuple[str, Any]]
    events: list[tuple[Event, dict[str, Any]]]


def _reading(opening: queries.OpenedSession) -> list[tuple[str, str]]:
    state, words = opening.state, opening.book.word_count
    speed = "not known yet" if state.reading_speed is None else f"{state.reading_speed:.0f}"
    return [
        ("Now at word", f"{state.word_index + 1:,} of {words:,}"),
        ("Furthest word", f"{state.furthest_word_index + 1:,}"),
        ("Minutes read", f"{state.evidence.read_time / 60:.1f}"),
        ("Minutes listened", f"{state.evidence.heard_time / 60:.1f}"),
        ("Words read", f"{state.evidence.read_words:,}"),
        ("Words a minute", speed),
    ]


def words_of(session: Session) -> Words | None:
    """Everything sealed in a session, or None where its key was erased."""
    try:
        opening = queries.open_session(session)
    except SessionNotFound:
        return None
    vault = opening.vault
    attempts = queries.attempts_by_checkpoint(opening)
    return Words(
        reading=_reading(opening),
        asked=[
            (questions.question_facts(row, vault), questions.outcome_of(row, vault))
            for row in session.interruptions.order_by("number")
        ],
        answered=[
            (checkpoint.question, facts)
            for checkpoint, tried in attempts.items()
            for _, facts in tried
        ],
        events=[
            (event, msgspec.to_builtins(facts_of(event, vault)))
            for event in session.events.order_by("seq")
        ],
    )
