"""When the first tutor fails, the second answers; and the first gets a rest."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import cast

import pytest

from sessions_app.tutor.build import build_tutor
from sessions_app.tutor.claude.tutor import ClaudeTutor
from sessions_app.tutor.fallback import CircuitBreaker, FallbackTutor
from sessions_app.tutor.offline.tutor import OfflineTutor
from sessions_app.tutor.prepared import PreparedTutor
from sessions_app.tutor.types import (
    OFFLINE,
    Answer,
    AnswerBlocked,
    Restart,
    TextDelta,
    TutorTimeout,
    TutorUnavailable,
)
from tests.sessions_app.tutor.stories import ScriptedTutor, ask, everything

VISIBLE = ask("").visible_to_word_index


def answer_of(text: str, by: str) -> Answer:
    return Answer(text, "text", by, VISIBLE)


def good() -> ScriptedTutor:
    return ScriptedTutor(TextDelta("Model."), answer_of("Model.", "model"))


def backup() -> ScriptedTutor:
    return ScriptedTutor(TextDelta("Backup."), answer_of("Backup.", OFFLINE))


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def test_while_the_first_works_the_second_is_not_asked() -> None:
    second = backup()
    before, answer = await everything(FallbackTutor(good(), second), ask("Why?"))
    assert (before, answer.answered_by, second.asked) == ([TextDelta("Model.")], "model", 0)


@pytest.mark.parametrize("error", [TutorUnavailable("x"), TutorTimeout("x")])
async def test_a_failure_before_anything_shows_needs_no_restart(error: Exception) -> None:
    tutor = FallbackTutor(ScriptedTutor(error=error), backup())
    before, answer = await everything(tutor, ask("Why?"))
    assert (before, answer.answered_by) == ([TextDelta("Backup.")], OFFLINE)


async def test_a_failure_midway_restarts() -> None:
    first = ScriptedTutor(TextDelta("Half"), error=TutorUnavailable("x"))
    before, answer = await everything(FallbackTutor(first, backup()), ask("Why?"))
    assert before == [TextDelta("Half"), Restart(), TextDelta("Backup.")]
    assert answer.text == "Backup."


async def test_a_blocked_answer_stays_blocked() -> None:
    second = backup()
    with pytest.raises(AnswerBlocked):
        await everything(FallbackTutor(ScriptedTutor(error=AnswerBlocked("x")), second), ask("?"))
    assert second.asked == 0


async def test_a_fault_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        await everything(
            FallbackTutor(ScriptedTutor(error=ZeroDivisionError()), backup()), ask("?")
        )


async def test_three_failures_in_a_row_give_it_half_a_minute() -> None:
    clock = Clock()
    first = ScriptedTutor(error=TutorUnavailable("x"))
    tutor = FallbackTutor(first, backup(), breaker=CircuitBreaker(clock=clock))
    for _ in range(5):
        await everything(tutor, ask("Why?"))
    assert first.asked == 3
    clock.now += 29
    await everything(tutor, ask("Why?"))
    assert first.asked == 3
    clock.now += 2
    await everything(tutor, ask("Why?"))
    await everything(tutor, ask("Why?"))
    assert first.asked == 4, "one try after the pause, and its failure begins another pause"


async def test_a_success_forgets_earlier_failures() -> None:
    first = ScriptedTutor(error=TutorUnavailable("x"))
    tutor = FallbackTutor(first, backup(), breaker=CircuitBreaker(clock=Clock()))
    for _ in range(2):
        await everything(tutor, ask("Why?"))
    first.items, first.error = good().items, None
    await everything(tutor, ask("Why?"))
    first.items, first.error = (), TutorUnavailable("x")
    for _ in range(2):
        await everything(tutor, ask("Why?"))
    assert first.asked == 5


async def test_whoever_stops_listening_counts_for_nothing() -> None:
    breaker = CircuitBreaker(failures=1, clock=Clock())
    tutor = FallbackTutor(good(), backup(), breaker=breaker)
    async with aclosing(cast("AsyncGenerator[object, None]", tutor.answer(ask("Why?")))) as items:
        await anext(items)
    assert breaker.allows()


async def test_closing_closes_both() -> None:
    first, second = good(), backup()
    await FallbackTutor(first, second).aclose()
    assert (first.closed, second.closed) == (True, True)


async def test_without_a_key_the_offline_tutor_answers() -> None:
    for key in ("", None):
        tutor = build_tutor(api_key=key)
        assert isinstance(tutor, PreparedTutor)
        assert isinstance(tutor._behind, OfflineTutor)


async def test_with_a_key_claude_answers_with_the_offline_tutor_behind() -> None:
    tutor = build_tutor(api_key="k", base_url="http://127.0.0.1:1", model="claude-x")
    assert isinstance(tutor, PreparedTutor)
    assert isinstance(tutor._behind, FallbackTutor)
    assert isinstance(tutor._behind._primary, ClaudeTutor)
    _, answer = await everything(tutor, ask("Who is Nora?"))
    assert answer.answered_by == OFFLINE
    await tutor.aclose()
