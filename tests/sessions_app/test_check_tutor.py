"""The command that asks a model one question and says what came."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.services import model_servers
from tests.services.anthropic_replies import wrong_key
from tests.services.anthropic_server import AnthropicServer


@pytest.fixture(autouse=True)
def _model(anthropic_server: AnthropicServer, settings: Settings) -> None:
    settings.ANTHROPIC_API_KEY = "none"
    settings.ANTHROPIC_BASE_URL = anthropic_server.url
    settings.READERAI_TUTOR_MODEL = "own-model"
    settings.READERAI_TUTOR_PRICE = (0.0, 0.0)


def test_it_says_what_came(anthropic_server: AnthropicServer, settings: Settings) -> None:
    settings.READERAI_TUTOR_CONTEXT = 4096
    anthropic_server.answer(model_servers.llama_cpp(4096))
    out = StringIO()
    call_command("check_tutor", stdout=out)
    said = out.getvalue()
    assert f"Asking own-model at {anthropic_server.url}" in said
    assert "tokens read, 15 written, 0.0000 US dollars" in said
    assert model_servers.BLUE in said
    assert "It can answer children." in said


def test_it_says_what_to_set(anthropic_server: AnthropicServer) -> None:
    anthropic_server.answer(model_servers.vllm(4096))
    out = StringIO()
    call_command("check_tutor", days=400, stdout=out)
    assert "Set READERAI_TUTOR_CONTEXT" in out.getvalue()


def test_it_fails_with_a_hint(anthropic_server: AnthropicServer) -> None:
    anthropic_server.answer(lambda _: wrong_key())
    with pytest.raises(CommandError, match="AuthenticationError"):
        call_command("check_tutor", stdout=StringIO())


def test_without_a_model_it_says_so(settings: Settings) -> None:
    settings.ANTHROPIC_API_KEY = ""
    with pytest.raises(CommandError, match="offline tutor"):
        call_command("check_tutor")
