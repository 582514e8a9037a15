"""The reference is complete: what the code knows, the pages name."""

import re
from pathlib import Path

import pytest
from django.core.management import BaseCommand, get_commands, load_command_class

from sessions_app.messages import MESSAGES
from sessions_app.protocol import server
from sessions_app.protocol.errors import CLOSE_ERROR, Close

ROOT = Path(__file__).resolve().parents[2]
PROTOCOL = (ROOT / "docs/reference/protocol.md").read_text()
SETTINGS = (ROOT / "docs/reference/settings.md").read_text()
OUR_APPS = {"readerai.accounts", "library", "sessions_app", "teachers"}
OUR_COMMANDS = sorted(name for name, app in get_commands().items() if app in OUR_APPS)


def server_types() -> list[str]:
    types = [payload.type for payload in server.FramePayload.__subclasses__()]
    return sorted([*types, server.InterruptionResponse.type])


@pytest.mark.parametrize("name", sorted(MESSAGES) + server_types())
def test_every_message_type_is_in_the_wire_contract(name: str) -> None:
    assert f"`{name}`" in PROTOCOL


@pytest.mark.parametrize("code", list(Close))
def test_every_close_code_is_in_the_wire_contract(code: Close) -> None:
    assert re.search(rf"^\| {int(code)} \|", PROTOCOL, re.MULTILINE)
    if code in CLOSE_ERROR:
        assert f"`{CLOSE_ERROR[code]}`" in PROTOCOL


def options_of(command: BaseCommand, name: str) -> set[str]:
    """A command's own options, without those that every command has."""
    usual = BaseCommand().create_parser("manage.py", name)._option_string_actions
    own = command.create_parser("manage.py", name)._option_string_actions
    return own.keys() - usual.keys()


@pytest.mark.parametrize("name", OUR_COMMANDS)
def test_every_command_is_in_the_reference_with_its_options(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    row = re.search(rf"^\| `({name}\b[^`]*)` \|", SETTINGS, re.MULTILINE)
    assert row is not None
    assert set(re.findall(r"--[\w-]+", row[1])) == options_of(command, name)


def test_every_setting_is_in_the_reference() -> None:
    listed = re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert listed
    assert {name for name in listed if f"`{name}`" not in SETTINGS} == set()


@pytest.mark.parametrize(
    "page", [*sorted(ROOT.glob("docs/**/*.md")), *sorted(ROOT.glob("*.md"))], ids=str
)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []
