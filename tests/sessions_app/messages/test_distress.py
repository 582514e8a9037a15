"""What a child in trouble types is kept and answered, however the session stands."""

from __future__ import annotations

from typing import Literal

import pytest
from pytest_django import Settings

from sessions_app.domain import audit, overviews
from sessions_app.domain.hand.attempts import attempt_concern
from sessions_app.domain.hand.loading import hold, vault_of
from sessions_app.domain.questions import concern_of, question_facts
from sessions_app.messages import CheckpointAnswer, PauseSession, StudentInterruption
from sessions_app.messages.base import Reply
from sessions_app.messages.dispatch import perform
from sessions_app.messages.student_interruption import QuestionContext
from sessions_app.models import CheckpointAttempt, Event, Interruption, Session
from sessions_app.protocol.server import CheckpointResult, InterruptionResponse
from tests.sessions_app.cast import AT_GLIMMER, AT_GUESS, Cast, start

WORDS = "my stepdad hits me"


@pytest.fixture
def session(cast: Cast) -> Session:
    return start(cast.alice, cast.lamp, AT_GLIMMER)


HERE = QuestionContext(current_word_index=31, current_sentence="x")


def say(
    session: Session, text: str, message_id: int | None = None, context: QuestionContext = HERE
) -> Reply:
    return perform(
        session.pk,
        StudentInterruption(question_text=text, context=context),
        message_id=message_id,
    )


def answer_of(reply: Reply) -> str:
    return next(one for one in reply.frames if isinstance(one, InterruptionResponse)).text


def opened(session: Session) -> Session:
    return Session.objects.select_related("key").get(pk=session.pk)


def test_distress_is_kept_with_its_answer_and_its_kind_is_sealed(session: Session) -> None:
    reply = say(session, WORDS, 3)
    row = Interruption.objects.of_concern().get()
    assert (row.status, row.concern, row.client_id) == ("answered", "grave", 3)
    assert (concern_of(row, vault_of(opened(session))).kind, reply.effects) == ("abuse", ())
    assert [type(frame).type for frame in reply.frames] == [
        "PAUSE_AUDIO",
        "INTERRUPTION_ACKNOWLEDGED",
        "INTERRUPTION_RESPONSE",
    ]
    assert "grown-up you trust" in answer_of(reply)
    assert list(Event.objects.values_list("kind", flat=True)) == [
        "started",
        "asked",
        "answered",
        "flagged",
    ]
    assert audit.verify(opened(session)).sound


@pytest.mark.parametrize(("kind", "concern"), [("word", "none"), ("text", "mild")])
def test_a_touched_word_of_the_book_is_not_the_childs(
    session: Session, kind: Literal["word", "text"], concern: str
) -> None:
    nobody = QuestionContext(current_word_index=46, current_sentence="Nobody answered.")
    assert hold(session.pk).book.sentence_text(46) == "Nobody answered."
    asked = StudentInterruption(question_text="Nobody", context=nobody, interruption_type=kind)
    perform(session.pk, asked)
    assert Interruption.objects.get().concern == concern


def test_distress_is_heard_while_paused(session: Session) -> None:
    perform(session.pk, PauseSession())
    assert "grown-up you trust" in answer_of(say(session, WORDS))
    assert Session.objects.get().status == "paused"
    assert Interruption.objects.get().concern == "grave"


def test_distress_is_heard_while_another_question_is_open(session: Session) -> None:
    say(session, "What is rust?")
    say(session, WORDS)
    assert list(Interruption.objects.values_list("status", "concern")) == [
        ("pending", "none"),
        ("answered", "grave"),
    ]
    assert hold(session.pk).open_question == Interruption.objects.get(status="pending").pk


def test_distress_is_heard_over_the_limit_and_uses_none_of_it_up(
    session: Session, settings: Settings
) -> None:
    settings.READERAI_QUESTIONS_PER_HOUR = 1
    say(session, WORDS)
    assert not hold(session.pk).asked_at
    say(session, "What is rust?")
    say(session, "nobody feeds me at home")
    assert Interruption.objects.of_concern().count() == 2


@pytest.mark.parametrize(
    "context",
    [
        QuestionContext(current_word_index=31, current_sentence="x", book="another"),
        QuestionContext(current_word_index=100_000, current_sentence="x"),
        QuestionContext(current_word_index=110, current_sentence="x"),
    ],
)
def test_distress_is_heard_wherever_the_client_says_that_the_child_is(
    session: Session, context: QuestionContext
) -> None:
    say(session, WORDS, context=context)
    facts = question_facts(Interruption.objects.get(), vault_of(opened(session)))
    assert facts.word_index <= hold(session.pk).book.chapter_end(AT_GLIMMER)


def test_distress_sent_again_is_answered_alike_and_kept_once(session: Session) -> None:
    first, again = say(session, WORDS, 3), say(session, WORDS, 3)
    assert answer_of(again) == answer_of(first)
    assert Interruption.objects.count() == 1


def test_distress_is_no_question_in_any_count(session: Session) -> None:
    say(session, WORDS)
    say(session, "What is rust?")
    [overview] = overviews.overviews(
        Session.objects.select_related("student__user", "book", "key", "presence")
    )
    assert overview.summary.questions_asked == 1
    assert overview.summary.needs_help


def test_school_helpline_is_named(cast: Cast, session: Session) -> None:
    cast.school.helpline = "Ms. Ono in room 4"
    cast.school.save()
    cast.alice.reading_level = 4
    cast.alice.save()
    assert "Ms. Ono in room 4" in answer_of(say(session, WORDS))


def test_small_child_reads_a_short_answer(cast: Cast, session: Session) -> None:
    cast.alice.reading_level = 0
    cast.alice.save()
    assert len(answer_of(say(session, WORDS)).split()) <= 25


def test_distress_in_a_written_answer_marks_it_and_is_answered_kindly(cast: Cast) -> None:
    session = start(cast.alice, cast.lamp, AT_GUESS)
    written = CheckpointAnswer(checkpoint_id="guess", answer=WORDS)
    for _ in range(2):
        [result] = perform(session.pk, written, message_id=4).frames
        assert isinstance(result, CheckpointResult)
        assert "grown-up you trust" in result.explanation
    row = CheckpointAttempt.objects.of_concern().get()
    assert (row.concern, attempt_concern(row, vault_of(opened(session))).kind) == (
        "grave",
        "abuse",
    )
    assert list(Event.objects.values_list("kind", flat=True))[-1] == "flagged"


def test_distress_in_a_written_answer_that_cannot_be_taken_is_kept_all_the_same(
    session: Session,
) -> None:
    perform(session.pk, PauseSession())
    for checkpoint in ("guess", "none-such"):
        reply = perform(session.pk, CheckpointAnswer(checkpoint_id=checkpoint, answer=WORDS))
        assert "grown-up you trust" in answer_of(reply)
    assert Interruption.objects.of_concern().count() == 2
