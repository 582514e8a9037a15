"""Signing in by a printed badge."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.login.badges import issue_badges
from readerai.accounts.models import Badge, Student, User

from ..signing_in import use_badge


def test_badge_signs_its_child_in_and_is_kept_as_a_hash(client: Client, alice: Student) -> None:
    secret = issue_badges([alice])[alice.pk]
    answer = client.post("/badge", {"secret": secret})
    assert answer.headers["Location"] == "/"
    assert client.get("/api/students/me").json()["studentId"] == "alice"
    assert secret not in str(list(Badge.objects.values()))


def test_badge_makes_the_next_child_the_one_who_is_in(
    client: Client, alice: Student, bob: Student
) -> None:
    secrets = issue_badges([alice, bob])
    client.post("/badge", {"secret": secrets[alice.pk]})
    client.post("/badge", {"secret": secrets[bob.pk]})
    assert client.get("/api/students/me").json()["studentId"] == "bob"


@pytest.mark.parametrize("secret", ["", "x", "x" * 5000, "a\0b", "😀"])
def test_badge_that_is_none_is_refused_kindly(db: None, secret: str) -> None:
    answer = use_badge(secret)
    assert answer.status_code == 200
    assert "ask your teacher" in answer.content.decode()


def test_badge_of_a_disabled_account_or_a_grown_up_opens_nothing(
    alice: Student, bob: Student
) -> None:
    secrets = issue_badges([alice, bob])
    User.objects.filter(pk=alice.user.pk).update(is_active=False)
    User.objects.filter(pk=bob.user.pk).update(role="teacher")
    for secret in secrets.values():
        assert use_badge(secret).status_code == 200


def test_secret_in_the_query_of_a_badge_address_is_not_looked_at(alice: Student) -> None:
    secret = issue_badges([alice])[alice.pk]
    client = Client()
    assert client.get(f"/badge?secret={secret}").status_code == 200
    assert client.get("/api/students/me").status_code == 401
