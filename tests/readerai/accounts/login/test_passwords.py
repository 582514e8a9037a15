"""Wrong passwords lock an account for a while, whether or not there is one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from readerai.accounts.login.known_browsers import Visitor
from readerai.accounts.login.passwords import user_with_password
from readerai.accounts.login.throttling import Locked
from readerai.accounts.models import Student, Throttle, User

from ..people import PASSWORD
from ..signing_in import ask_token

STRANGER = Visitor("192.0.2.1", None)


@pytest.mark.parametrize("username", ["alice", "nobody"])
def test_sixth_try_is_locked_for_known_and_unknown_names(
    client: Client, alice: Student, username: str
) -> None:
    for _ in range(5):
        assert ask_token(client, username, "wrong").status_code == 401
    locked = ask_token(client, username, PASSWORD)
    assert locked.status_code == 429
    assert locked.json()["error"]["code"] == "too_many_tries"
    assert 1 <= int(locked.headers["Retry-After"]) <= 300
    assert ask_token(client, "someone-else", "wrong").status_code == 401


def test_unknown_name_costs_the_same_queries_as_a_known_one(client: Client, alice: Student) -> None:
    ask_token(client, "warm", "up")
    with CaptureQueriesContext(
        connection,
    ) as known:
        ask_token(client, "alice", "wrong")
    with CaptureQueriesContext(connection) as unknown:
        ask_token(client, "nobody", "wrong")
    assert len(known) == len(unknown)


def test_lock_of_the_api_locks_the_page_and_ends_by_itself(client: Client, alice: Student) -> None:
    for _ in range(5):
        ask_token(client, "alice", "wrong")
    page = client.post("/login", {"username": "alice", "password": PASSWORD})
    assert page.status_code == 429
    assert page.headers["Retry-After"]
    Throttle.objects.update(locked_until=timezone.now())
    assert ask_token(client, "alice", PASSWORD).status_code == 201


def test_success_forgives_the_tries_before_it(client: Client, alice: Student) -> None:
    for _ in range(2):
        for _ in range(4):
            assert ask_token(client, "alice", "wrong").status_code == 401
        assert ask_token(client, "alice", PASSWORD).status_code == 201


def test_spelling_of_a_name_makes_no_second_account_to_guess_at(
    client: Client, alice: Student
) -> None:
    for name in ("alice", "ALICE", "Alice", "alicE", "aLice"):
        ask_token(client, name, "wrong")
    assert ask_token(client, "alice", PASSWORD).status_code == 429


def test_guess_that_ends_after_the_lock_tells_nothing(
    alice: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A right guess among many sent at once: the lock came while it was being looked at."""
    original = User.check_password

    def slow(user: User, raw_password: str) -> bool:
        for _ in range(5):
            monkeypatch.setattr(User, "check_password", original)
            user_with_password("alice", "wrong", visitor=STRANGER)
        return original(user, raw_password)

    monkeypatch.setattr(User, "check_password", slow)
    with pytest.raises(Locked):
        user_with_password("alice", PASSWORD, visitor=STRANGER)


def test_rate_limits_can_be_switched_off(client: Client, alice: Student, settings: Any) -> None:
    settings.READERAI_RATE_LIMITS = False
    for _ in range(7):
        assert ask_token(client, "alice", "wrong").status_code == 401
    assert ask_token(client, "alice", PASSWORD).status_code == 201


def test_throttle_names_nobody(client: Client, alice: Student) -> None:
    ask_token(client, "alice", "wrong")
    assert "alice" not in str(list(Throttle.objects.values()))
