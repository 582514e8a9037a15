"""What somebody names in a body, a form or a filter and may not see is answered like what is
nowhere. The matrix tries addresses; this tries everything else that takes somebody's or
something's name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pytest
from django.test import Client

from readerai.accounts.login.badges import issue_badges
from readerai.accounts.models import ClassGroup, Enrolment, User
from sessions_app.models import Session
from tests.permissions.test_matrix import cast as cast
from tests.readerai.accounts.people import PASSWORD
from tests.sessions_app.cast import Cast, start

NOWHERE = {
    "session": "session-" + "0" * 32,
    "book": "no-such-book",
    "class": "no-such-class",
    "child": "no-such-child",
    "group": "999999",
    "badge": "b" * 43,
    "name": "no-such-name",
    "word": "zzzz",
}


@dataclass(frozen=True)
class Asking:
    """``who`` sends ``body`` (of a form where ``form``) to ``url``; ``{}`` is what they name."""

    who: str
    kind: str
    url: str
    body: dict[str, str] | None = None
    form: bool = False

    def __str__(self) -> str:
        return f"{self.who} {self.url} {self.kind} {' '.join(self.body or {})}"


LIST = {"title": "Hills", "audience": "class", "books": "the-lamp", "save": "1"}
ASKINGS = [
    Asking("alice", "child", "/api/sessions", {"studentId": "{}", "bookId": "the-lamp"}),
    Asking("dora", "book", "/api/sessions", {"studentId": "dora", "bookId": "{}"}),
    Asking("alice", "session", "/api/tickets", {"sessionId": "{}"}),
    Asking("rivera", "class", "/api/tickets", {"classId": "{}"}),
    Asking("alice", "child", "/api/sessions?student={}"),
    Asking("rivera", "child", "/api/sessions?student={}"),
    Asking("dora", "book", "/api/sessions?book={}"),
    Asking("dora", "word", "/api/books?q={}"),
    Asking("dora", "word", "/library?q={}"),
    Asking(
        "lund",
        "word",
        "/teachers/classes/far-room/lists/new",
        {"title": "Far", "q": "{}"},
        form=True,
    ),
    Asking("at the door", "child", "/login/class/me", {"child": "{}"}, form=True),
    Asking("rivera", "child", "/teachers/classes/room-12/cards", {"badges": "{}"}, form=True),
    Asking(
        "rivera",
        "child",
        "/teachers/classes/room-12/groups",
        {"name": "Owls", "students": "{}"},
        form=True,
    ),
    *(
        Asking("rivera", kind, "/teachers/classes/room-12/lists/new", LIST | changed, form=True)
        for kind, changed in (
            ("child", {"audience": "child-{}"}),
            ("group", {"audience": "group-{}"}),
        )
    ),
    Asking("lund", "book", "/teachers/classes/far-room/lists/new", LIST | {"books": "{}"}, True),
    Asking("nobody", "badge", "/badge", {"secret": "{}"}, form=True),
    Asking("nobody", "name", "/login", {"username": "{}", "password": PASSWORD}, form=True),
    Asking("nobody", "name", "/api/tokens", {"username": "{}", "password": PASSWORD}),
]


def foreign(cast: Cast, asking: Asking) -> str:
    """Something of that kind which is there, and which who asks may not see."""
    if asking.kind == "session":
        return start(cast.bob, cast.lamp).pk
    if asking.kind == "group":
        return str(ClassGroup.objects.create(pk=424_242, classroom=cast.room_14, name="Owls").pk)
    if asking.kind == "badge":
        old = issue_badges([cast.bob])[cast.bob.pk]
        issue_badges([cast.bob])
        return old
    if asking.kind == "name":
        User.objects.filter(pk=cast.bob.user_id).update(is_active=False)
        return cast.bob.user.username
    start(cast.bob, cast.our_hill)
    start(cast.carol, cast.our_hill)
    child = cast.bob.slug if asking.who == "alice" else cast.carol.slug
    return {"child": child, "book": "our-hill", "class": "room-14", "word": "Hill"}[asking.kind]


def browser_of(cast: Cast, who: str) -> Client:
    browser = Client()
    if who == "at the door":
        browser.post("/login/class", {"code": cast.room_12.code})
    elif who != "nobody":
        person = getattr(cast, who)
        browser.force_login(getattr(person, "user", person))
    return browser


def ask(cast: Cast, asking: Asking, named: str) -> tuple[int, bytes, dict[str, str]]:
    browser, url = browser_of(cast, asking.who), asking.url.format(named)
    if asking.body is None:
        answer = browser.get(url)
    else:
        body = {name: value.replace("{}", named) for name, value in asking.body.items()}
        answer = (
            browser.post(url, body)
            if asking.form
            else browser.post(url, json.dumps(body), content_type="application/json")
        )
    content = re.sub(
        rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', b"", answer.content
    )
    headers = {
        name: re.sub(r"nonce-[^']*", "", value)
        for name, value in answer.headers.items()
        if name not in {"Content-Length", "Expires", "Set-Cookie", "X-Request-Id"}
    }
    return answer.status_code, content.replace(named.encode(), b"*"), headers


@pytest.mark.parametrize("asking", ASKINGS, ids=str)
def test_foreign_and_unknown_names_are_answered_alike(cast: Cast, asking: Asking) -> None:
    theirs = foreign(cast, asking)
    before = list(Session.objects.order_by("pk").values()), ClassGroup.objects.count()
    assert ask(cast, asking, theirs) == ask(cast, asking, NOWHERE[asking.kind])
    assert (list(Session.objects.order_by("pk").values()), ClassGroup.objects.count()) == before


def test_what_was_ones_own_is_as_good_as_nowhere_after_one_left(cast: Cast) -> None:
    """A child moved to another class, and a teacher taken off theirs."""
    session = start(cast.alice, cast.lamp)
    urls = ["/teachers/students/{}", "/api/sessions?student={}", "/teachers/sessions/{}"]
    named = ["alice", "alice", session.pk]
    nowhere = [NOWHERE["child"], NOWHERE["child"], NOWHERE["session"]]
    askings = [Asking("rivera", "child", url) for url in urls]
    there = [ask(cast, each, name) for each, name in zip(askings, named, strict=True)]
    unknown = [ask(cast, each, name) for each, name in zip(askings, nowhere, strict=True)]
    assert all(a != b for a, b in zip(there, unknown, strict=True))
    Enrolment.objects.filter(student=cast.alice).update(classroom=cast.room_14)
    moved = [ask(cast, each, name) for each, name in zip(askings, named, strict=True)]
    assert moved == unknown
    cast.room_14.teachers.add(cast.rivera)
    assert [ask(cast, each, name)[0] for each, name in zip(askings, named, strict=True)] == [
        200
    ] * 3
    cast.room_14.teachers.remove(cast.rivera)
    taken_off = [ask(cast, each, name) for each, name in zip(askings, named, strict=True)]
    assert taken_off == unknown
