"""When the first tutor fails, the second answers; and the first gets a rest."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import cast

import pytest

from sessions_app.tutor.breaker import CircuitBreaker
from sessions_app.tutor.build import build_tutor
from sessions_app.tutor.claude.options import ModelOptions
from sessions_app.tutor.claude.tutor import ClaudeTutor
from sessions_app.tutor.fallback import FallbackTutor
from sessions_app.tutor.offline.tutor import OfflineTutor
from sessions_app.tutor.prepared import PreparedTutor
from sessions_app.tutor.types import (
    OFFLINE,
    Answer,
    AnswerBlocked,
    AnswerUnfit,
    RequestRefused,
    Restart,
    TextDelta,
    TutorError,
    TutorTimeout,
    TutorUnavailable,
    Usage,
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


@pytest.mark.parametrize("error", [AnswerBlocked("x"), AnswerUnfit("x"), RequestRefused("x")])
async def test_what_is_no_failure_of_the_service_goes_on_and_never_opens_the_breaker(
    error: TutorError,
) -> None:
    first = ScriptedTutor(TextDelta("Half"), error=error)
    tutor = FallbackTutor(first, backup())
    for _ in range(5):
        _, answer = await everything(tutor, ask("Why?"))
        assert answer.answered_by == OFFLINE
    assert (first.asked, tutor.is_resting) == (5, False)


async def test_where_no_model_may_be_asked_the_second_answers() -> None:
    first = good()
    _, answer = await everything(FallbackTutor(first, backup()), ask("?", may_ask_model=False))
    assert (answer.answered_by, first.asked) == (OFFLINE, 0)


async def test_the_second_tutors_answer_tells_what_the_first_took() -> None:
    error = TutorUnavailable("x", usage=Usage(input_tokens=5, microdollars=7))
    _, answer = await everything(FallbackTutor(ScriptedTutor(error=error), backup()), ask("?"))
    assert answer.usage == Usage(input_tokens=5, microdollars=7)


async def test_a_stream_without_an_answer_is_answered_by_the_second() -> None:
    first = ScriptedTutor(TextDelta("Half"))
    _, answer = await everything(FallbackTutor(first, backup()), ask("?"))
    assert answer.answered_by == OFFLINE


async def test_a_fault_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        await everything(
            FallbackTutor(ScriptedTutor(error=ZeroDivisionError()), backup()), ask("?")
        )


async def test_three_failures_open_it_for_half_a_minute_and_one_call_probes() -> None:
    clock = Clock()
    first = ScriptedTutor(error=TutorUnavailable("x"))
    tutor = FallbackTutor(first, backup(), breaker=CircuitBreaker(clock=clock))
    for _ in range(5):
        await everything(tutor, ask("Why?"))
    assert (first.asked, tutor.is_resting) == (3, True)
    clock.now += 31
    await everything(tutor, ask("Why?"))
    await everything(tutor, ask("Why?"))
    assert first.asked == 4, "one try after the pause, and its failure begins another pause"
    clock.now += 31
    first.items, first.error = good().items, None
    for _ in range(2):
        assert (await everything(tutor, ask("Why?")))[1].answered_by == "model"
    assert not tutor.is_resting


async def test_whoever_takes_the_answer_and_goes_has_closed_it() -> None:
    """As answering does: what stands behind the last item of a generator may never run."""
    clock = Clock()
    first = ScriptedTutor(error=TutorUnavailable("x"))
    tutor = FallbackTutor(first, backup(), breaker=CircuitBreaker(clock=clock))
    for _ in range(3):
        await everything(tutor, ask("Why?"))
    clock.now += 31
    first.items, first.error = good().items, None
    async with aclosing(_generator(tutor)) as items:
        async for item in items:
            if isinstance(item, Answer):
                break
    assert not tutor.is_resting


async def test_whoever_stops_listening_counts_for_nothing_and_lets_the_next_probe() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=1, clock=clock)
    breaker.failed()
    clock.now += 31
    tutor = FallbackTutor(good(), backup(), breaker=breaker)
    async with aclosing(_generator(tutor)) as items:
        await anext(items)
        assert not breaker.allows(), "one at a time"
    assert breaker.is_open
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


def _generator(tutor: FallbackTutor) -> AsyncGenerator[object, None]:
    return cast("AsyncGenerator[object, None]", tutor.answer(ask("Why?")))


async def test_with_a_key_claude_answers_with_the_offline_tutor_behind() -> None:
    tutor = build_tutor(api_key="k", options=ModelOptions(base_url="http://127.0.0.1:1"))
    assert isinstance(tutor, PreparedTutor)
    assert isinstance(tutor._behind, FallbackTutor)
    assert isinstance(tutor._behind._primary, ClaudeTutor)
    _, answer = await everything(tutor, ask("Who is Nora?"))
    assert answer.answered_by == OFFLINE
    await tutor.aclose()
