"""Everybody at every address, with every method, for what is theirs, foreign or nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from library.book_structure import forget_books
from library.models import ReadingList
from readerai.accounts.models import ClassGroup, Role, User
from sessions_app.messages import CompleteSession
from sessions_app.messages.dispatch import perform
from sessions_app.models import Session
from tests.readerai.accounts.people import make_user
from tests.sessions_app.acting import connected
from tests.sessions_app.cast import Cast, make_cast, start

from .addresses import Address, addresses
from .routes import EVERYBODY, ROUTES

# The way in and out, and texts for scripts that hold nothing.
_FOR_ALL_STAFF = {
    "admin:index",
    "admin:jsi18n",
    "admin:password_change",
    "admin:password_change_done",
}
_ADMIN_OPEN = {"admin:login", "admin:logout", "admin:jsi18n"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PUBLIC = [address for address in addresses() if not address.is_admin]
# The way out comes last: who took it is nobody.
ADMIN = sorted(
    (address for address in addresses() if address.is_admin),
    key=lambda address: address.name == "admin:logout",
)

# Ids that say whose or which something is, none of which occurs in a page by chance.
NAMES = (
    "session_id",
    "book_id",
    "class_id",
    "slug",
    "student_id",
    "group_id",
    "list_id",
    "concern_id",
)
UNKNOWN = {
    "session_id": "session-" + "0" * 32,
    "interruption_id": "interruption-none",
    "book_id": "no-such-book",
    "index": "0",
    "number": "0",
    "class_id": "no-such-class",
    "slug": "no-such-class",
    "student_id": "no-such-child",
    "group_id": "999999",
    "list_id": "999999",
    "concern_id": "interruption-" + "0" * 24,
    "table": "words",  # of a class, a student and a session alike
    "form": "csv",
}


@pytest.fixture
def cast(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.READERAI_RATE_LIMITS = False
    forget_books()
    yield make_cast()
    forget_books()


@pytest.fixture
def people(cast: Cast) -> dict[str, User | None]:
    return {
        "signed out": None,
        "student": cast.alice.user,
        "classmate": cast.bob.user,
        "far student": cast.dora.user,
        "teacher": cast.rivera,
        "colleague": cast.okafor,
        "far teacher": cast.lund,
        "staff": cast.staff,
        "superuser": cast.root,
    }


def targets(cast: Cast, address: Address) -> list[dict[str, str]]:
    """What belongs to Alice: her session under way, and where it matters a completed one."""
    active, completed = start(cast.alice, cast.our_hill), start(cast.alice, cast.our_hill)
    perform(completed.pk, CompleteSession())
    group = ClassGroup.objects.create(pk=424_242, classroom=cast.room_12, name="Owls")
    reading_list = ReadingList.objects.create(
        pk=424_243, classroom=cast.room_12, audience=ReadingList.Audience.CLASS, title="Hills"
    )
    found = UNKNOWN | {
        "session_id": active.pk,
        "book_id": "our-hill",
        "class_id": "room-12",
        "slug": "room-12",
        "student_id": cast.alice.slug,
        "group_id": str(group.pk),
        "list_id": str(reading_list.pk),
        "concern_id": _concern_of(cast),
    }
    if "session_id" in address.parameters:
        return [found, found | {"session_id": completed.pk}]
    return [found]


def _concern_of(cast: Cast) -> str:
    """Something that Alice wrote and that is on the desk."""
    return connected(cast.alice, cast.lamp).cry_for_help()


# What was asked for signs in or out, so the next one to ask comes with a new browser.
ENDS_A_LOGIN = {"logout", "login", "badge", "class-login", "class-login-leave", "class-login-child"}


class Browsers:
    """One browser for each person, signed in once."""

    def __init__(self, address: Address) -> None:
        self._keep = address.name not in ENDS_A_LOGIN
        self._of: dict[int | None, Client] = {}

    def of(self, person: User | None) -> Client:
        key = person.pk if person is not None else None
        browser = self._of.get(key) if self._keep else None
        if browser is None:
            browser = self._of[key] = Client()
            if person is not None:
                browser.force_login(person)
        return browser


def call(browser: Client, method: str, url: str) -> HttpResponse:
    answer = browser.generic(method, url, b"", content_type="application/json")
    assert answer.status_code < 500, (method, url, answer.content)
    assert b"Traceback" not in answer.content
    return answer  # type: ignore[return-value]


_CHANGING = re.compile(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')


def seen(answer: HttpResponse, values: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
    """An answer without the ids that were asked for and what is new in every answer."""
    content = _CHANGING.sub(b"", answer.content)
    headers = {
        name: re.sub(r"nonce-[^']*", "", value)
        for name, value in answer.headers.items()
        if name not in {"Content-Length", "Expires", "Set-Cookie", "X-Request-Id"}
    }
    for name in NAMES:
        value = values[name]
        content = content.replace(value.encode(), b"*")
        headers = {name: text.replace(value, "*") for name, text in headers.items()}
    return answer.status_code, content, headers


def refuses(answer: HttpResponse, address: Address, person: User | None) -> bool:
    if person is None and not address.is_api and answer.status_code == 302:
        return answer["Location"].startswith("/login?next=")
    if person is None and address.is_api and answer.status_code not in {401, 404, 405}:
        return False
    return answer.status_code in {400, 401, 403, 404, 405}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    there, rows = {address.name for address in PUBLIC}, set(ROUTES)
    assert there - rows == set(), "addresses that nobody classified"
    assert rows - there == set(), "rows of addresses that are gone"


@pytest.mark.parametrize("address", PUBLIC, ids=lambda address: address.name)
def test_who_is_not_let_in_sees_nothing(
    cast: Cast, people: dict[str, User | None], address: Address
) -> None:
    route, browsers = ROUTES[address.name], Browsers(address)
    theirs = targets(cast, address)
    before = list(Session.objects.order_by("pk").values())
    for role in sorted(EVERYBODY - route.let_in):
        person = people[role]
        for method in METHODS:
            unknown = seen(call(browsers.of(person), method, address.url(UNKNOWN)), UNKNOWN)
            for values in theirs:
                answer = call(browsers.of(person), method, address.url(values))
                assert refuses(answer, address, person), (role, method, answer.status_code)
                assert seen(answer, values) == unknown, (role, method)
    assert list(Session.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("address", PUBLIC, ids=lambda address: address.name)
def test_who_is_let_in_gets_there_and_finds_no_other_method(
    cast: Cast, people: dict[str, User | None], address: Address
) -> None:
    route, browsers = ROUTES[address.name], Browsers(address)
    for role in sorted(route.let_in):
        for method in METHODS:
            if method in route.methods and route.live:
                continue
            values = _fresh(cast, address)
            status = call(browsers.of(people[role]), method, address.url(values)).status_code
            if method in route.methods:
                assert status not in {401, 403, 404, 405}, (role, method, status)
            elif not (address.name == "api-sessions" and method == "POST"):
                assert status == 405, (role, method, status)


def _fresh(cast: Cast, address: Address) -> dict[str, str]:
    """Alice's things anew: what was asked for before may have taken them away."""
    ClassGroup.objects.all().delete()
    ReadingList.objects.all().delete()
    return targets(cast, address)[0]


@pytest.mark.parametrize("address", PUBLIC, ids=lambda address: address.name)
def test_what_is_nowhere_is_not_found_by_anybody(
    cast: Cast, people: dict[str, User | None], address: Address
) -> None:
    route, browsers = ROUTES[address.name], Browsers(address)
    if not set(address.parameters) - {"index", "table", "form"}:
        return
    for role in sorted(route.let_in):
        for method in route.methods:
            assert (
                call(browsers.of(people[role]), method, address.url(UNKNOWN)).status_code == 404
            ), role


@pytest.mark.parametrize("role", sorted(EVERYBODY - {"staff", "superuser"}))
def test_the_admin_is_closed_to_all_but_staff(
    cast: Cast, people: dict[str, User | None], role: str
) -> None:
    browsers = Browsers(ADMIN[0])
    for address in ADMIN:
        url = _admin_url(address, "1")
        for method in ("GET", "POST"):
            browser = browsers.of(people[role])
            assert ("_auth_user_id" in browser.session) == (people[role] is not None)
            status = call(browser, method, url).status_code
            assert status in {302, 403, 404, 405} or address.name in _ADMIN_OPEN, (url, status)


def test_staff_without_rights_find_nothing_in_the_admin(cast: Cast) -> None:
    """What is there and what is not, read and written, looks the same to them."""
    idle = Client()
    idle.force_login(make_user("idle", Role.STAFF, cast.school))
    theirs = {
        "user": cast.alice.user_id,
        "student": cast.alice.pk,
        "session": start(cast.alice, cast.lamp).pk,
    }
    for address in ADMIN:
        table = address.name.removeprefix("admin:").split("_")
        named = next((str(pk) for name, pk in theirs.items() if name in table), "1")
        for method in ("GET", "POST"):
            assert "_auth_user_id" in idle.session
            there, nowhere = (
                idle.generic(method, _admin_url(address, pk)) for pk in (named, "999999")
            )
            assert there.status_code == nowhere.status_code, address
            if address.parameters and there.status_code == 200:
                assert there.content == nowhere.content
            if address.name not in _FOR_ALL_STAFF:
                assert there.status_code in {302, 403, 404, 405}, (address, there.status_code)
            if there.status_code == 302:
                assert there.headers["Location"].startswith(
                    ("/admin", "/login", "/password", "..")
                ), address


def _admin_url(address: Address, named: str) -> str:
    values = dict.fromkeys(address.parameters, named)
    return re.sub(r"\(\?P<\w+>[^)]*\)|[\^$?]|\\[ZA]", "1", address.url(values))
