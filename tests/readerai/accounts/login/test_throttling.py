"""Wrong pictures and class codes lock whom they should, and nobody else."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.test import Client

from readerai.accounts.login import limits
from readerai.accounts.login.pictures import set_picture_password
from readerai.accounts.models import Student

from ..signing_in import PICTURES, choose_face, enter_code, signed_in_child, tap


def test_five_wrong_tries_lock_this_child_only(
    client: Client, alice: Student, bob: Student
) -> None:
    for child in (alice, bob):
        set_picture_password(child, PICTURES)
    choose_face(client, alice)
    for _ in range(5):
        assert tap(client, ["moon", "tree", "drum"]).status_code == 200
    locked = tap(client, PICTURES)
    assert locked.status_code == 429
    assert locked.headers["Retry-After"]
    assert "Your teacher can help you sooner" in locked.content.decode()
    assert signed_in_child(client) is None
    choose_face(client, bob)
    tap(client, PICTURES)
    assert signed_in_child(client) == "bob"


def test_new_pictures_end_the_lock(client: Client, alice: Student) -> None:
    set_picture_password(alice, PICTURES)
    choose_face(client, alice)
    for _ in range(6):
        tap(client, ["moon", "tree", "drum"])
    set_picture_password(alice, ["apple", "ball", "fish"])
    tap(client, ["apple", "ball", "fish"])
    assert signed_in_child(client) == "alice"


def test_many_wrong_codes_lock_the_address(client: Client, alice: Student) -> None:
    for _ in range(30):
        enter_code(client, "NOPE99")
    locked = enter_code(client, "ROOM12")
    assert locked.status_code == 429
    assert locked.headers["Retry-After"]
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert enter_code(other, "ROOM12").status_code == 302


def test_right_code_does_not_forgive_the_guesses(client: Client, alice: Student) -> None:
    for _ in range(29):
        enter_code(client, "NOPE99")
    assert enter_code(Client(), "ROOM12").status_code == 302
    enter_code(client, "NOPE99")
    assert enter_code(client, "ROOM12").status_code == 429


def test_nobody_can_lock_a_school_out_of_the_browsers_it_uses(
    client: Client, alice: Student
) -> None:
    ours, another = Client(), Client()
    assert {enter_code(each, "ROOM12").status_code for each in (ours, another)} == {302}
    for _ in range(31):
        enter_code(client, "NOPE99")
    assert enter_code(Client(), "ROOM12").status_code == 429
    assert enter_code(ours, "ROOM12").status_code == 302
    for _ in range(31):
        enter_code(ours, "NOPE99")
    assert enter_code(ours, "ROOM12").status_code == 429
    assert enter_code(another, "ROOM12").status_code == 302


def test_known_browser_that_nobody_signed_is_none(client: Client, alice: Student) -> None:
    for number in range(31):
        client.cookies["readerai_browser"] = f"{number:032}:not-a-signature"
        enter_code(client, "NOPE99")
    assert enter_code(client, "ROOM12").status_code == 429


def test_known_browsers_of_one_address_do_not_guess_without_end(
    client: Client, alice: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = dataclasses.replace(limits.CODES_KNOWN_ADDRESS, failures=3)
    monkeypatch.setattr(limits, "CODES_KNOWN_ADDRESS", few)
    for _ in range(3):
        fresh = Client()
        enter_code(fresh, "ROOM12")
        enter_code(fresh, "NOPE99")
    fresh.cookies.pop("readerai_session")
    assert enter_code(fresh, "ROOM12").status_code == 429


def test_address_is_the_proxys_word_only_where_it_is_trusted(
    client: Client, alice: Student, settings: Any
) -> None:
    for number in range(30):
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        client.post("/login/class", {"code": "NOPE99"}, headers=headers)
    assert enter_code(client, "ROOM12").status_code == 429
    settings.READERAI_TRUST_PROXY = True
    trusted = {"X-Forwarded-For": "198.51.100.250, 198.51.100.1"}
    answer = client.post("/login/class", {"code": "ROOM12"}, headers=trusted)
    assert answer.status_code == 302
