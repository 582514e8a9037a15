"""How many statements the three things cost that children do all the time."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from library.book_structure import book_structure
from readerai.accounts.login.sign_ins import spend_ticket
from readerai.clock import shared_clock
from sessions_app.domain import answers, queries
from sessions_app.domain.hand.commit import commit, snapshot
from sessions_app.domain.hand.loading import hold
from sessions_app.domain.presence.connecting import connect
from sessions_app.domain.questions import AnswerOutcome
from sessions_app.messages.base import GiveAnswer
from sessions_app.messages.dispatch import apply
from sessions_app.messages.student_interruption import QuestionContext, StudentInterruption
from sessions_app.models import Session

from .acting import answer_of
from .cast import Cast, sign_in, start, token

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def warm(cast: Cast, settings: Settings) -> None:
    """What a server has at hand: the book, and the difference of the clocks."""
    settings.READERAI_RATE_LIMITS = False
    book_structure(cast.lamp.pk)
    shared_clock.measure()


def statements(counted: CaptureQueriesContext) -> list[str]:
    """The first words of each statement, without a transaction's own."""
    texts = [" ".join(query["sql"].split()[:3]) for query in counted.captured_queries]
    return [text for text in texts if "SAVEPOINT" not in text]


def begin(cast: Cast, bearer: str) -> dict[str, Any]:
    response = Client().post(
        "/api/sessions",
        {"studentId": cast.alice.slug, "bookId": cast.lamp.slug},
        content_type="application/json",
        headers={"Authorization": f"Bearer {bearer}"},
    )
    assert response.status_code == 201
    begun: dict[str, Any] = response.json()
    return begun


def test_session_is_begun_with_three_statements(cast: Cast) -> None:
    """Who asks (with the child), the book, and everything new at once."""
    bearer = token(cast.alice.user)
    with CaptureQueriesContext(connection) as counted:
        begin(cast, bearer)
    assert len(statements(counted)) == 3


def test_ticket_is_spent_with_two_statements(cast: Cast) -> None:
    begun = begin(cast, token(cast.alice.user))
    with CaptureQueriesContext(connection) as counted:
        assert spend_ticket(begun["websocketTicket"], f"/ws/{begun['sessionId']}")
    assert len(statements(counted)) == 2


@pytest.mark.parametrize(("asked", "most"), [(False, 4), (True, 6)])
def test_session_is_taken_in_hand_with_few_statements(cast: Cast, asked: bool, most: int) -> None:
    """Row, questions of the last hour, owner, presence; then what was asked and answered."""
    session = start(cast.alice, cast.lamp)
    if asked:
        ask(hold(session.pk))
    mine = sign_in(cast.alice.user)
    with CaptureQueriesContext(connection) as counted:
        opened = connect(session_id=session.pk, user=cast.alice.user, sign_in=mine, server="here")
        queries.restored(opened.hand, opened.session, opened.rows)
    assert len(statements(counted)) == most


def ask(hand: Any) -> GiveAnswer:
    hand.server = "here"
    question = StudentInterruption("Why?", QuestionContext(0, "Mina found an old lamp."))
    [effect] = apply(hand, question, "", 1).effects
    commit(snapshot(hand))
    hand.row.version += 1
    assert isinstance(effect, GiveAnswer)
    return effect


def test_answered_question_takes_seven_statements(cast: Cast) -> None:
    """Asking three, the lease none (the first question has none before it), a part saved one, the
    end three; and nothing is read anew."""
    hand = hold(start(cast.alice, cast.lamp).pk)
    with CaptureQueriesContext(connection) as counted:
        effect = ask(hand)
        claim = answers.claim_own(effect.asked, hand)
        answers.save_partial(claim=claim, text="Because", next_index=1)
        answers.end(hand, claim, AnswerOutcome(answer_of("Because it was dark.")))
        commit(snapshot(hand))
    assert len(statements(counted)) == 7
    row = Session.objects.get()
    assert (row.version, row.log_head) == (hand.row.version + 1, hand.log.head)
