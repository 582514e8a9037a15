"""A model of one's own: servers that behave as Ollama, llama.cpp, vLLM and LM Studio do."""

from typing import Any

import pytest

from sessions_app.tutor.claude.options import ModelOptions
from sessions_app.tutor.claude.trial import Trial, try_model
from tests.services import model_servers
from tests.services.anthropic_server import AnthropicServer
from tests.services.model_servers import BLUE, Server

#: So many days are a book of about 6,000 tokens.
DAYS = 300


async def trial_at(server: AnthropicServer, days: int = DAYS, **options: Any) -> Trial:
    known = ModelOptions(model="own", base_url=server.url, backoff_s=0.001, **options)
    return await try_model(known, api_key="none", days=days)


@pytest.mark.parametrize(
    "server",
    [model_servers.ollama(4096), model_servers.llama_cpp(4096), model_servers.vllm(4096)],
    ids=["ollama", "llama.cpp", "vllm"],
)
async def test_a_context_that_nobody_set_is_found_and_the_passage_retrieved(
    anthropic_server: AnthropicServer, server: Server
) -> None:
    anthropic_server.answer(server)
    trial = await trial_at(anthropic_server)
    assert (trial.text, trial.problem) == (BLUE, "")
    assert trial.book_tokens < trial.asked_tokens
    assert 1 < len(anthropic_server.requests) < 8


@pytest.mark.parametrize("context", [3072, 4096, 8192])
@pytest.mark.parametrize(
    "made", [model_servers.ollama, model_servers.llama_cpp, model_servers.vllm]
)
async def test_a_context_that_is_set_needs_one_request(
    anthropic_server: AnthropicServer, context: int, made: Any
) -> None:
    anthropic_server.answer(made(context))
    trial = await trial_at(anthropic_server, context_tokens=context, output_tokens=300)
    assert (trial.text, len(anthropic_server.requests)) == (BLUE, 1)


async def test_a_thinking_model_is_told_not_to(anthropic_server: AnthropicServer) -> None:
    anthropic_server.answer(model_servers.thinking_model)
    assert (await trial_at(anthropic_server)).text == BLUE


async def test_thinking_that_eats_the_output_is_said(anthropic_server: AnthropicServer) -> None:
    anthropic_server.answer(model_servers.thinking_model)
    trial = await trial_at(anthropic_server, thinking=True)
    assert trial.problem == "the model thought and wrote nothing"
    assert "READERAI_TUTOR_THINKING" in trial.hint


async def test_a_slow_server_is_given_up_or_waited_for_as_set(
    anthropic_server: AnthropicServer,
) -> None:
    anthropic_server.answer(model_servers.lm_studio(0.1))
    hasty = await trial_at(anthropic_server, first_s=0.1)
    assert "took too long" in hasty.problem
    assert "READERAI_TUTOR_FIRST_SECONDS" in hasty.hint
    patient = await trial_at(anthropic_server, first_s=20)
    assert patient.text == BLUE
    assert patient.usage.output_tokens == 9


async def test_nobody_there_is_said() -> None:
    options = ModelOptions(base_url="http://127.0.0.1:1", backoff_s=0.001)
    trial = await try_model(options, api_key="none", days=1)
    assert trial.problem.startswith("no answer: ")
    assert "ANTHROPIC_BASE_URL" in trial.hint
