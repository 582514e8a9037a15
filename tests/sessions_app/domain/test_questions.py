"""Questions and their answers: leases, ends, and what a tutor is told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import Settings

from sessions_app.domain import answers, queries
from sessions_app.domain.answers import Claim
from sessions_app.domain.errors import Busy, Invalid, InvalidContext, LeaseLost, LimitReached
from sessions_app.domain.hand.loading import hold, rows_of
from sessions_app.messages import CancelInterruption, PauseSession, StudentInterruption
from sessions_app.messages.base import GiveAnswer
from sessions_app.messages.dispatch import perform
from sessions_app.messages.student_interruption import QuestionContext
from sessions_app.models import Event, Interruption, Session
from sessions_app.protocol.server import OpenInterruption
from sessions_app.tutor.concern import Concern
from sessions_app.tutor.types import Answer
from tests.sessions_app.cast import AT_PATIENT, Cast, start

ANSWER = Answer(
    text="Old metal skin.", response_type="definition", answered_by="x", visible_to_word_index=12
)


@pytest.fixture
def session(cast: Cast) -> Session:
    return start(cast.alice, cast.lamp)


def ask(
    session: Session, at: int = 12, book: str = "the-lamp", client_id: int | None = None
) -> str:
    context = QuestionContext(
        book=book, current_word_index=at, current_sentence="It was green with rust."
    )
    question = StudentInterruption(question_text="What is rust?", context=context)
    [effect] = perform(session.pk, question, message_id=client_id, server="server-a").effects
    assert isinstance(effect, GiveAnswer)
    return effect.interruption_id


def cancel(session: Session, interruption_id: str) -> None:
    perform(session.pk, CancelInterruption(interruption_id=interruption_id))


def claimed(interruption_id: str, server: str = "server-a", attempt: int | None = 1) -> Claim:
    return answers.claim(interruption_id=interruption_id, server=server, attempt=attempt)


def run_out() -> None:
    past = timezone.now() - dt.timedelta(seconds=1)
    Interruption.objects.update(lease_until=past)


def test_a_question_is_pending_leased_and_logged(session: Session) -> None:
    row = Interruption.objects.get(pk=ask(session, client_id=3))
    assert (row.status, row.number, row.attempt, row.lease_server) == (
        "pending",
        1,
        1,
        "server-a",
    )
    assert list(Event.objects.values_list("kind", "client_id")) == [("started", None), ("asked", 3)]
    assert Session.objects.get().committed_ids == "=3"
    assert b"rust" not in bytes(row.sealed_question)


def test_what_is_refused_leaves_nothing(cast: Cast, session: Session, settings: Settings) -> None:
    for refusal, how in (
        (Invalid, {"at": 117}),
        (InvalidContext, {"at": AT_PATIENT}),
        (InvalidContext, {"book": "our-hill"}),
        (InvalidContext, {"book": ""}),
    ):
        with pytest.raises(refusal):
            ask(session, **how)
    assert not Interruption.objects.exists()
    assert Session.objects.get().log_length == 1
    ask(session)
    with pytest.raises(Busy):
        ask(session, client_id=2)
    settings.READERAI_QUESTIONS_PER_HOUR = 1
    with pytest.raises(LimitReached):
        ask(start(cast.alice, cast.lamp))
    settings.READERAI_RATE_LIMITS = False
    ask(start(cast.alice, cast.lamp))


def test_the_limit_looks_back_one_hour(cast: Cast, settings: Settings) -> None:
    settings.READERAI_QUESTIONS_PER_HOUR = 1
    ask(start(cast.alice, cast.lamp))
    Interruption.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=61))
    ask(start(cast.alice, cast.lamp))
    assert Interruption.objects.count() == 2


def test_a_tutor_sees_nothing_past_the_childs_sentence(session: Session) -> None:
    question = claimed(ask(session, at=14)).question
    assert question is not None
    assert question.visible_to_word_index == 18
    told = " ".join(s.text for chapter in question.chapters for s in chapter.sentences)
    assert told.endswith("She rubbed it with her sleeve.")
    assert question.sentence == "She rubbed it with her sleeve."


def test_a_lease_is_one_servers_until_it_runs_out(session: Session) -> None:
    pk = ask(session)
    with pytest.raises(LeaseLost):
        claimed(pk, "server-b", None)
    with pytest.raises(LeaseLost):
        claimed(pk, "server-b", 1)
    assert answers.orphans() == []
    run_out()
    assert answers.orphans() == [pk]
    assert claimed(pk, "server-b", None).attempt == 2
    assert answers.orphans() == []


def test_whoever_lost_the_lease_writes_nothing(session: Session) -> None:
    pk = ask(session)
    old = claimed(pk)
    run_out()
    new = claimed(pk, "server-b", None)
    for write in (
        lambda: answers.save_partial(claim=old, text="x", next_index=1),
        lambda: answers.finish(claim=old, answer=ANSWER),
        lambda: answers.fail(claim=old, error_code="timeout"),
    ):
        with pytest.raises(LeaseLost):
            write()
    answers.let_go(claim=old)
    assert answers.orphans() == []
    assert answers.finish(claim=new, answer=ANSWER).outcome.text == "Old metal skin."


def test_saving_a_part_renews_the_lease_and_is_restored(cast: Cast, session: Session) -> None:
    claim = claimed(ask(session))
    run_out()
    answers.save_partial(claim=claim, text="Old metal", next_index=2)
    assert answers.orphans() == []
    row = Session.objects.select_related("student", "book", "key").get()
    restored = queries.restored(hold(session.pk), row, rows_of(row))
    assert isinstance(restored.open_interruption, OpenInterruption)
    assert restored.open_interruption.text_so_far == "Old metal"
    assert restored.open_interruption.next_index == 2


def test_a_lease_that_is_let_go_is_free_at_once(session: Session) -> None:
    claim = claimed(ask(session))
    answers.let_go(claim=claim)
    assert answers.orphans() == [claim.interruption_id]


def test_a_server_that_goes_gives_back_what_it_has_not_begun_on(
    cast: Cast, session: Session
) -> None:
    asked = ask(session)
    others = ask(start(cast.bob, cast.lamp))
    claimed(others, "server-a", 1)
    Interruption.objects.filter(pk=others).update(lease_server="server-b")
    answers.leave(server="server-a")
    assert answers.orphans() == [asked]


def test_a_question_that_nobody_can_read_any_more_can_still_end(session: Session) -> None:
    """Or the child could never ask again."""
    row = Interruption.objects.get(pk=ask(session))
    row.sealed_question = bytes(row.sealed_question)[:-1] + b"?"
    row.save()
    claim = claimed(row.pk)
    assert claim.question is None
    assert answers.fail(claim=claim, error_code="tutor_unavailable").outcome.error_code
    ask(session)


@pytest.mark.parametrize("end", ["answered", "failed", "cancelled"])
def test_an_end_is_the_end(session: Session, end: str) -> None:
    pk = ask(session)
    claim = claimed(pk)
    if end == "answered":
        answers.finish(claim=claim, answer=ANSWER)
    elif end == "failed":
        answers.fail(claim=claim, error_code="timeout")
    else:
        cancel(session, pk)
    row = Interruption.objects.get()
    assert row.status == end
    assert row.ended_at is not None
    assert Event.objects.last().kind == end  # type: ignore[union-attr]
    with pytest.raises(LeaseLost):
        answers.finish(claim=claim, answer=ANSWER)
    with pytest.raises(LeaseLost):
        claimed(pk, "server-b", None)
    if end != "cancelled":
        with pytest.raises(Invalid):
            cancel(session, pk)


def test_a_sign_of_distress_is_flagged_and_logged(session: Session) -> None:
    answer = Answer(
        text="Talk to a grown-up.",
        response_type="text",
        answered_by="x",
        visible_to_word_index=1,
        concern=Concern("grave", "abuse", "model"),
    )
    answers.finish(claim=claimed(ask(session)), answer=answer)
    assert Interruption.objects.get().concern == "grave"
    assert list(Event.objects.values_list("kind", flat=True))[-2:] == ["answered", "flagged"]


def test_an_answer_is_nothing_that_the_student_did(session: Session) -> None:
    claim = claimed(ask(session))
    before = Session.objects.get().last_active_at
    answers.finish(claim=claim, answer=ANSWER)
    assert Session.objects.get().last_active_at == before


def test_an_answer_goes_on_in_a_paused_session(session: Session) -> None:
    claim = claimed(ask(session))
    perform(session.pk, PauseSession())
    answers.finish(claim=claim, answer=ANSWER)
    assert Interruption.objects.get().status == "answered"
