"""What a student may know and choose about themself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from readerai.accounts.models import Student, User


def change(client: Client, body: Any) -> Any:
    return client.patch("/api/students/me", body, content_type="application/json")


def test_student_reads_themself(client: Client, alice: Student) -> None:
    client.force_login(alice.user)
    assert client.get("/api/students/me").json() == {
        "studentId": "alice",
        "displayName": "Alice",
        "readingLevel": 2,
        "preferences": {},
    }


@pytest.mark.parametrize("method", ["get", "patch"])
def test_teachers_and_staff_are_no_students(
    client: Client, rivera: User, office: User, method: str
) -> None:
    for user in (rivera, office):
        client.force_login(user)
        assert getattr(client, method)("/api/students/me").status_code == 403
    client.logout()
    assert getattr(client, method)("/api/students/me").status_code == 401


def test_settings_named_change_and_others_stay(client: Client, alice: Student) -> None:
    client.force_login(alice.user)
    change(client, {"preferences": {"theme": "dusk", "fontSize": 28}})
    answer = change(client, {"preferences": {"fontSize": 24, "rate": 1}})
    assert answer.status_code == 200
    assert answer.json()["preferences"] == {"theme": "dusk", "fontSize": 24, "rate": 1}
    assert client.get("/api/students/me").json() == answer.json()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("theme", "neon"),
        ("theme", 3),
        ("font", "comic"),
        ("fontSize", 15),
        ("fontSize", 41),
        ("fontSize", "22"),
        ("fontSize", True),
        ("rate", 0.4),
        ("rate", 2.1),
        ("highlightWords", 1),
        ("voice", "a\0b"),
        ("voice", "x" * 101),
        ("font_size", 22),
        ("isAdmin", True),
    ],
)
def test_bad_setting_is_refused_by_name_and_changes_nothing(
    client: Client, alice: Student, setting: str, value: Any
) -> None:
    client.force_login(alice.user)
    answer = change(client, {"preferences": {"theme": "sky", setting: value}})
    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]["preferences"]) == {setting}
    alice.refresh_from_db()
    assert alice.preferences == {}


def test_nothing_but_preferences_can_be_changed(client: Client, alice: Student) -> None:
    client.force_login(alice.user)
    answer = change(client, {"displayName": "Queen", "preferences": {"theme": "sky"}})
    assert answer.status_code == 400
    assert set(answer.json()["error"]["fields"]) == {"displayName"}
    alice.refresh_from_db()
    assert (alice.display_name, alice.preferences) == ("Alice", {})


@pytest.mark.parametrize(
    "body",
    [
        b"[]", b"7", b"{}", b'{"preferences": 7}', b'{"preferences": null}', b"{",
        b'{"preferences": {"voice": "\\ud800"}}', b'{"preferences": {"\\ud800": 1}}', b"\xff",
        b'{"preferences": {"rate": 1e999}}', b'{"preferences": {"fontSize": 99999999999999999999}}',
    ],
)  # fmt: skip
def test_malformed_change_is_refused(client: Client, alice: Student, body: bytes) -> None:
    client.force_login(alice.user)
    answer = client.patch("/api/students/me", body, content_type="application/json")
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


def test_browser_must_show_that_the_change_is_its_own(alice: Student) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice.user)
    assert change(client, {"preferences": {"theme": "sky"}}).status_code == 403
