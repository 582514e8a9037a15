"""Checkpoints: when one is due, and what becomes of an answer."""

from __future__ import annotations

import functools

import pytest

from library.book_structure import BookStructure, book_structure
from sessions_app.domain import checkpoints, queries
from sessions_app.domain.errors import Invalid
from sessions_app.messages import CheckpointAnswer
from sessions_app.messages.checkpoint_answer import HINT
from sessions_app.messages.dispatch import perform
from sessions_app.models import CheckpointAttempt, Event, Session
from sessions_app.protocol.server import CheckpointResult
from tests.sessions_app.cast import AT_GLIMMER, AT_GUESS, AT_PATIENT, Cast, start


@pytest.fixture
def book(cast: Cast) -> BookStructure:
    return book_structure(cast.lamp.pk)


@pytest.fixture
def session(cast: Cast) -> Session:
    return start(cast.alice, cast.lamp, AT_GLIMMER)


def answer(session: Session, text: str, message_id: int | None = None) -> CheckpointResult:
    said = CheckpointAnswer(checkpoint_id="glimmer", answer=text)
    [result] = perform(session.pk, said, message_id=message_id).frames
    assert isinstance(result, CheckpointResult)
    return result


@pytest.mark.parametrize(
    ("word", "start_word", "due"),
    [
        (AT_GLIMMER - 1, 0, None),
        (AT_GLIMMER, 0, "glimmer"),
        (AT_PATIENT, 0, "glimmer"),
        (AT_GLIMMER, AT_GLIMMER, "glimmer"),
        (AT_GLIMMER + 1, AT_GLIMMER + 1, None),
        (AT_PATIENT, AT_GLIMMER + 1, "patient"),
        (
            AT_GUESS,
            AT_PATIENT,
            "guess",
        ),  # below the third grade, what has to be written is optional
        (AT_GUESS, AT_GUESS, "guess"),
        (116, AT_GUESS + 1, None),
    ],
)
def test_the_first_required_one_that_was_come_to_is_due(
    book: BookStructure, word: int, start_word: int, due: str | None
) -> None:
    place = checkpoints.due(book, word, start_word, set())
    assert (place.slug if place else None) == due


def test_an_answered_one_is_not_due(book: BookStructure) -> None:
    first, second, third = book.checkpoints
    assert checkpoints.due(book, AT_PATIENT, 0, {first.pk}) == second
    assert checkpoints.due(book, 116, 0, {first.pk, second.pk}) == third
    assert checkpoints.due(book, 116, 0, {first.pk, second.pk, third.pk}) is None


def test_an_optional_one_that_was_read_past_keeps_no_other_from_asking(cast: Cast) -> None:
    cast.lamp.checkpoints.update(required=False)
    first, second, third = book_structure(cast.lamp.pk).checkpoints
    due = functools.partial(checkpoints.due, book_structure(cast.lamp.pk), start_word_index=0)
    assert due(word_index=AT_PATIENT - 1, settled=set()) == first
    assert due(word_index=AT_PATIENT, settled=set()) == second
    assert due(word_index=116, settled=set()) == third
    assert due(word_index=116, settled={third.pk}) is None


@pytest.mark.parametrize(
    ("word", "near"),
    [(0, "glimmer"), (29, "glimmer"), (30, None), (55, None), (56, "patient"), (116, None)],
)
def test_the_next_one_is_announced_when_it_is_near(
    book: BookStructure, word: int, near: str | None
) -> None:
    place = checkpoints.upcoming(book, word, set())
    assert (place.slug if place else None) == near


def test_a_right_answer_ends_it(session: Session) -> None:
    right = answer(session, "a small light")
    assert (right.correct, right.score, right.attempts, right.may_retry) == (True, 1.0, 1, False)
    assert answer(session, "a bee") == right
    assert CheckpointAttempt.objects.count() == 1


def test_a_wrong_answer_may_be_tried_again_three_times_in_all(session: Session) -> None:
    tries = [answer(session, "a bee") for _ in range(4)]
    assert [(each.attempts, each.may_retry) for each in tries] == [
        (1, True),
        (2, True),
        (3, False),
        (3, False),
    ]
    assert CheckpointAttempt.objects.count() == 3


def test_a_resent_answer_keeps_its_own_result(session: Session) -> None:
    first = answer(session, "a bee", 1)
    answer(session, "a small light", 2)
    assert answer(session, "a small light", 1) == first
    assert CheckpointAttempt.objects.count() == 2


def test_every_try_is_logged_with_its_message(session: Session) -> None:
    answer(session, "a bee", 1)
    answer(session, "a small light", 2)
    assert list(Event.objects.values_list("kind", "client_id"))[1:] == [
        ("checkpoint", 1),
        ("checkpoint", 2),
    ]


def test_a_checkpoint_ahead_or_of_no_book_cannot_be_answered(session: Session) -> None:
    for checkpoint_id in ("patient", "nothing", "", "Glimmer"):
        with pytest.raises(Invalid) as refused:
            perform(session.pk, CheckpointAnswer(checkpoint_id=checkpoint_id, answer="x"))
        assert refused.value.field == "checkpointId"
    assert not CheckpointAttempt.objects.exists()


def test_the_best_score_counts(cast: Cast, session: Session) -> None:
    answer(session, "a bee")
    answer(session, "a small light")
    opening = queries.read_session(session.pk, cast.alice.user)
    (record,) = queries.session_state(opening).comprehension_scores
    assert (record.checkpoint_id, record.score, record.attempts) == ("glimmer", 1.0, 2)


def test_answers_are_sealed(session: Session) -> None:
    answer(session, "a small light")
    assert b"small" not in bytes(CheckpointAttempt.objects.get().sealed)


def test_an_answer_outside_the_choices_is_no_answer(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        answer(session, "a candle")
    assert refused.value.field == "answer"
    assert not CheckpointAttempt.objects.exists()


def test_a_hint_holds_no_answer_while_there_is_a_further_try(session: Session) -> None:
    tries = [answer(session, "a bee").explanation for _ in range(3)]
    assert tries == [HINT, HINT, "A glimmer is a very small light."]


def test_choices_come_in_an_order_of_the_sessions_own() -> None:
    choices = ["right", "wrong", "silly"]
    first = [
        checkpoints.in_session_order(choices, f"session-{number}", "why")[0]
        for number in range(300)
    ]
    assert checkpoints.in_session_order(choices, "session-1", "why") == (
        checkpoints.in_session_order(choices, "session-1", "why")
    )
    assert all(70 <= first.count(choice) <= 130 for choice in choices)
