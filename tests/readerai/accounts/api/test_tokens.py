"""Bearer tokens: got with a password, valid until they are ended."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from readerai.accounts.models import SignIn, Student, User

from ..people import PASSWORD
from ..signing_in import ask_token


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_token_opens_the_api_until_it_is_ended(client: Client, alice: Student) -> None:
    answer = ask_token(client, "alice", PASSWORD)
    assert answer.status_code == 201
    assert set(answer.json()) == {"token", "expiresAt"}
    assert answer.json()["expiresAt"].endswith("Z")
    assert len(answer.json()["expiresAt"]) == len("2026-11-22T10:30:00.000Z")
    headers = bearer(answer.json()["token"])
    assert client.get("/api/students/me", headers=headers).status_code == 200
    assert client.delete("/api/tokens/current", headers=headers).status_code == 204
    assert client.get("/api/students/me", headers=headers).status_code == 401
    assert client.delete("/api/tokens/current", headers=headers).status_code == 401


def test_token_is_kept_only_as_a_hash(client: Client, alice: Student) -> None:
    token = ask_token(client, "alice", PASSWORD).json()["token"]
    assert token not in str(list(SignIn.objects.values()))


def test_token_of_a_disabled_account_opens_nothing(client: Client, alice: Student) -> None:
    token = ask_token(client, "alice", PASSWORD).json()["token"]
    User.objects.update(is_active=False)
    assert client.get("/api/students/me", headers=bearer(token)).status_code == 401
    assert ask_token(client, "alice", PASSWORD).status_code == 401


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("alice", "wrong"),
        ("nobody", PASSWORD),
        ("Alice", PASSWORD),
        ("alice", PASSWORD + "\0"),
        ("ali\0ce", PASSWORD),
        ("a" * 500, PASSWORD),
        ("alice", "x" * 5000),
    ],
)
def test_wrong_credentials_are_refused_in_one_way(
    client: Client, alice: Student, username: str, password: str
) -> None:
    answer = ask_token(client, username, password)
    if answer.status_code == 400:  # what cannot be text in a field is said before anything else
        assert "\0" in username + password
        return
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "wrong_credentials"


def test_lone_surrogate_in_a_name_is_no_error_of_ours(client: Client, alice: Student) -> None:
    body = b'{"username": "ali\\ud800", "password": "x"}'
    answer = client.post("/api/tokens", body, content_type="application/json")
    assert answer.status_code in {400, 401}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"username", "password"}),
        ({"username": "alice"}, {"password"}),
        ({"username": 7, "password": ["x"]}, {"username", "password"}),
        ({"username": "", "password": "x"}, {"username"}),
        (None, {"username", "password"}),
    ],
)
def test_bad_body_is_named_by_field(client: Client, db: None, body: Any, fields: set[str]) -> None:
    answer = client.post("/api/tokens", body, content_type="application/json")
    assert answer.status_code == 400
    if body is not None:
        assert set(answer.json()["error"]["fields"]) == fields


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"7", b"{", b"\xff"])
def test_body_that_is_no_object_is_refused(client: Client, db: None, body: bytes) -> None:
    answer = client.post("/api/tokens", body, content_type="application/json")
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


def test_cookie_of_a_browser_is_no_token(client: Client, alice: Student) -> None:
    client.force_login(alice.user)
    assert client.delete("/api/tokens/current").status_code == 401
