"""Production settings: safe as they come, and refused where they are not."""

from __future__ import annotations

import os
import secrets
import subprocess
from base64 import b64encode
from pathlib import Path

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from readerai.security import client_address
from tests.services.server import MANAGE, NOTHING_REAL, ROOT

KEY = b64encode(secrets.token_bytes(32)).decode()


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """The least that an operator has to say, made up here."""
    return (
        os.environ
        | NOTHING_REAL
        | {
            "DEBUG": "0",
            "READERAI_DATA": str(tmp_path),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "READERAI_KEYS": f"2026-11:{KEY}",
            "ALLOWED_HOSTS": "reading.example.org",
        }
    )


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MANAGE, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_deployment_check_has_nothing_to_say(production: dict[str, str]) -> None:
    done = manage(production, "check", "--deploy", "--fail-level", "DEBUG")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"READERAI_KEYS": ""}, "READERAI_KEYS (or READERAI_KEYS_FILE) must be set"),
        ({"READERAI_KEYS": f"development:{KEY}"}, "READERAI_KEYS holds a development key"),
        ({"READERAI_KEYS": f"a:{KEY},development:{KEY}"}, "READERAI_KEYS holds a development key"),
        ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL must be smtp://"),
        ({"EMAIL_URL": "imap://mail.example.org"}, "EMAIL_URL must be smtp://"),
        ({"EMAIL_URL": "smtp://mail.example.org:port"}, "EMAIL_URL must be smtp://"),
        ({"READERAI_URL": "reading.example.org"}, "READERAI_URL must be as in https://"),
        ({"READERAI_KEYS": "a:short"}, "base64 of 32 bytes"),
        ({"READERAI_KEYS": f"a:{KEY},a:{KEY}"}, "names the key 'a' twice"),
        ({"READERAI_KEYS_FILE": "/nowhere", "READERAI_KEYS": ""}, "No such file"),
        (
            {"SECRET_KEY": "development-only-and-refused-in-production-0123456789abcdef"},
            "SECRET_KEY is the one that development uses",
        ),
    ],
)
def test_production_does_not_start_without_secrets_of_its_own(
    production: dict[str, str], changed: dict[str, str], said: str
) -> None:
    done = manage(production | changed, "check")
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert KEY not in done.stdout + done.stderr


def test_no_host_is_served_that_was_not_named(production: dict[str, str]) -> None:
    done = manage(
        production | {"ALLOWED_HOSTS": ""}, "check", "--deploy", "--fail-level", "WARNING"
    )
    assert done.returncode != 0
    assert "ALLOWED_HOSTS must not be empty" in done.stderr


def test_cookies_redirect_and_hsts_are_as_they_should_be(production: dict[str, str]) -> None:
    asked = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, "
        "s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SECURE, "
        "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS >= 31536000, s.X_FRAME_OPTIONS, s.DEBUG)"
    )
    done = manage(production, "shell", "--no-imports", "-c", asked)
    assert done.stdout.split() == ["True", "True", "Lax", "True", "True", "True", "DENY", "False"]


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        (False, None, "10.0.0.7"),
        (False, "203.0.113.5", "10.0.0.7"),
        (True, None, "10.0.0.7"),
        (True, "203.0.113.5", "203.0.113.5"),
        (True, "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        (True, "198.51.100.1,203.0.113.5 ", "203.0.113.5"),
        (True, "", "10.0.0.7"),
    ],
)
def test_forwarded_address_counts_only_from_a_trusted_proxy_and_its_last_word(
    settings: Settings, trusted: bool, forwarded: str | None, address: str
) -> None:
    settings.READERAI_TRUST_PROXY = trusted
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.7")
    assert client_address(request) == address
