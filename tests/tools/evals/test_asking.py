"""Asking the cases of a tutor, and a model about its answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from anthropic import AsyncAnthropic

from sessions_app.tutor.concern import Concern
from sessions_app.tutor.types import Answer, Citation, TextDelta, TutorUnavailable
from tests.services import anthropic_replies as replies
from tests.services.anthropic_server import AnthropicServer
from tests.sessions_app.tutor.stories import ScriptedTutor, ask
from tools.evals.asking import Prepared, ask_all
from tools.evals.books import Shelved
from tools.evals.cases import Case, pattern
from tools.evals.model_judge import judge_all

CASE = Case(
    "fact", "the-mill", "four sails", "how many sails?", "Four.", (pattern("four"),), cites="sails"
)
ANSWER = Answer("It has four.", "text", "offline", 5, citations=(Citation(3, 2),))
TROUBLE = Concern("mild", "unhappy", "rule")


class Page(Shelved):
    """A book of one line, without a library."""

    words = ["The", "mill", "had", "four", "sails", "and", "a", "red", "door."]


@pytest.fixture
def prepared() -> Prepared:
    page = Page(structure=None, is_import=False)  # type: ignore[arg-type]
    return Prepared(CASE, page, replace(ask(CASE.ask), visible_to_word_index=5))


@pytest.mark.parametrize(
    ("tutor", "faults"),
    [
        (ScriptedTutor(TextDelta("It has four."), ANSWER), ()),
        (ScriptedTutor(error=TutorUnavailable()), ("no answer",)),
        (ScriptedTutor(TextDelta("It"), error=TutorUnavailable()), ("no answer",)),
        (
            ScriptedTutor(Answer("It has four.", "text", "offline", 5)),
            ("cites another place",),
        ),
        (
            ScriptedTutor(
                Answer("Four.", "text", "x", 5, citations=(Citation(4, 1),), concern=TROUBLE)
            ),
            ("takes the child for one in trouble",),
        ),
    ],
)
async def test_ask_all_judges_what_the_tutor_answers(
    prepared: Prepared, tutor: ScriptedTutor, faults: tuple[str, ...]
) -> None:
    (asked,) = await ask_all(tutor, [prepared])
    assert asked.faults == faults
    assert asked.is_right is not bool(faults)


async def test_judge_all_takes_the_verdict_and_none_where_the_model_fails(
    prepared: Prepared, anthropic_server: AnthropicServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.evals.model_judge.judged_prompt", lambda one, book: one.text)
    (asked,) = await ask_all(ScriptedTutor(TextDelta("It"), ANSWER), [prepared])
    anthropic_server.queue(replies.says("WRONG"), replies.refused(401, "authentication_error"))
    async with AsyncAnthropic(
        base_url=anthropic_server.url, api_key="test", max_retries=0
    ) as client:
        books = {"the-mill": prepared.shelved}
        verdicts = await judge_all(client, [asked, asked], books)
    assert sorted(str(one.judged) for one in verdicts) == ["False", "None"]
