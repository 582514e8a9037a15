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
        label="Why do you need to read this child’s words?",
        help_text="It is logged with your name. The child and their school can read it.",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )


@dataclass(frozen=True)
class Words:
    """What a session sealed, opened."""

    state: dict[str, Any]
    asked: list[tuple[questions.AskedFacts, questions.AnswerFacts | None]]
    answered: list[tuple[str, Any]]
    events: list[tuple[Event, dict[str, Any]]]


def words_of(session: Session) -> Words | None:
    """Everything sealed in a session, or None where its key was erased."""
    try:
        opening = queries.open_session(session)
    except SessionNotFound:
        return None
    vault = opening.vault
    attempts = queries.attempts_by_checkpoint(opening)
    return Words(
        state=msgspec.to_builtins(opening.state),
        asked=[
            (questions.asked(row, vault), questions.answered(row, vault))
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
