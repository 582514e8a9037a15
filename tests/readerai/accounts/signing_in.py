"""Signing in as people do it: by name, by token, by badge, by class code, face and pictures."""

from __future__ import annotations

from typing import Any

from django.test import Client

from readerai.accounts.models import Student

from .people import PASSWORD

PICTURES = ["star", "boat", "key"]


def enter_code(client: Client, code: str = "ROOM12") -> Any:
    return client.post("/login/class", {"code": code})


def choose_face(client: Client, child: Student, code: str = "ROOM12") -> None:
    """Enter the code of the class, and choose the child."""
    enter_code(client, code)
    client.post("/login/class/me", {"child": child.slug})


def tap(client: Client, pictures: list[str]) -> Any:
    return client.post("/login/pictures", {"picked": pictures[:2], "picture": pictures[2]})


def signed_in_child(client: Client) -> str | None:
    """The public id of the child who is signed in, None where nobody is."""
    answer = client.get("/api/students/me")
    return answer.json()["studentId"] if answer.status_code == 200 else None


def sign_in_as(client: Client, username: str, next: str = "") -> Any:
    form = {"username": username, "password": PASSWORD, "next": next}
    return client.post("/login", form)


def ask_token(client: Client, username: Any, password: Any) -> Any:
    body = {"username": username, "password": password}
    return client.post("/api/tokens", body, content_type="application/json")


def use_badge(secret: str) -> Any:
    return Client().post("/badge", {"secret": secret})
