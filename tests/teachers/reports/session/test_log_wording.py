"""The entries of a session's log in a teacher's words."""

from __future__ import annotations

import pytest

from sessions_app.domain.audit import EventFacts
from sessions_app.models import EventKind
from teachers.reports.session.log_wording import event_details, event_name


def test_every_kind_of_entry_has_a_name() -> None:
    names = [event_name(kind) for kind in EventKind]
    assert len(set(names)) == len(names)
    # Django makes a label of the value where none is written.
    made = {kind.value.replace("_", " ").title() for kind in EventKind}
    assert made & set(names) <= {"Erased"}


def test_kind_of_a_newer_server_is_said_as_it_is() -> None:
    assert event_name("levitated") == "levitated"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (EventFacts(), ""),
        (EventFacts(word_index=3, score=0.5), ""),
        (EventFacts(correct=True, attempts=2), "right, try 2"),
        (EventFacts(correct=False), "not yet right"),
        (EventFacts(understood=False), "not understood"),
        (EventFacts(understood=True, helpful=False), "understood, not helpful"),
        (EventFacts(helpful=True), "helpful"),
        (EventFacts(reason="repeat"), "repeat"),
    ],
)
def test_details_are_those_that_apply(facts: EventFacts, said: str) -> None:
    assert event_details(facts) == said
