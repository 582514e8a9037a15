"""No more passwords are hashed at once than there are cores, and no more wait than soon have it."""

from __future__ import annotations

import threading
import time

import pytest
from django.test import Client

from readerai.accounts.login import hashing
from readerai.accounts.login.hashing import Gate, GatedArgon2
from readerai.accounts.models import Throttle
from readerai.busy import Busy

from ..people import PASSWORD
from ..signing_in import ask_token


def test_gate_lets_in_so_many_has_so_many_wait_and_refuses_the_rest() -> None:
    gate = Gate(at_once=1, waiting=1)
    inside, go = threading.Event(), threading.Event()
    had = []

    def work(name: str) -> None:
        had.append(name)
        inside.set()
        go.wait(30)

    first = threading.Thread(target=gate.run, args=[work, "first"])
    first.start()
    assert inside.wait(30)
    second = threading.Thread(target=gate.run, args=[work, "second"])
    second.start()
    while gate._threads._work_queue.empty():  # until the second one waits
        time.sleep(0.001)
    with pytest.raises(Busy):
        gate.run(work, "third")
    assert had == ["first"]
    go.set()
    for thread in (first, second):
        thread.join(30)
    gate.run(work, "fourth")
    assert had == ["first", "second", "fourth"]


def test_hashes_at_the_setting_of_owasp() -> None:
    encoded = GatedArgon2().encode(PASSWORD, "saltsaltsalt")
    assert "$m=19456,t=2,p=1$" in encoded


@pytest.fixture
def _full(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate(at_once=1, waiting=0)
    gate._room.acquire()
    monkeypatch.setattr(hashing, "gate", gate)


@pytest.mark.usefixtures("alice", "_full")
@pytest.mark.parametrize("name", ["alice", "nobody"])
def test_full_gate_answers_503_and_counts_no_try(client: Client, name: str) -> None:
    api = ask_token(client, name, PASSWORD)
    assert (api.status_code, api.headers["Retry-After"]) == (503, "2")
    assert api.json()["error"]["code"] == "unavailable"
    page = client.post("/login", {"username": name, "password": PASSWORD})
    assert (page.status_code, page.headers["Retry-After"]) == (503, "2")
    assert "Many people are coming in just now" in page.content.decode()
    assert not Throttle.objects.exists()


@pytest.mark.usefixtures("_full")
def test_page_that_sets_a_password_answers_503_too(teacher: Client) -> None:
    form = {"old_password": PASSWORD, "new_password1": "x" * 20, "new_password2": "x" * 20}
    answer = teacher.post("/password", form)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "Please wait a moment" in answer.content.decode()
