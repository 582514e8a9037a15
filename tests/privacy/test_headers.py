"""Every page of every role: the headers that keep it private, and nothing inline."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from readerai.accounts.login.class_login import start_class_login
from readerai.accounts.models import ClassGroup, User
from sessions_app.models import Session
from tests.sessions_app.cast import Cast

from .records.test_verify_audit import look_at

INLINE = [
    re.compile(r"<style[\s>]", re.IGNORECASE),
    re.compile(r"<[^>]+\sstyle\s*=", re.IGNORECASE),
    re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE),
    re.compile(r"(href|src|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE),
]
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
GROUP = re.compile(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")
#: Pages that have no HTML, or that Django's own admin keeps for itself.
NO_PAGE = re.compile(
    r"^(api/(?!docs)|admin/(?!$|accounts|library|sessions_app|teachers|password)|.*jsi18n)"
)


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        here = before + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLResolver):
            yield from patterns(entry, here)
        elif isinstance(entry, URLPattern):
            yield here.rstrip("$").removesuffix("\\Z")


@pytest.fixture
def paths(cast: Cast, session: Session) -> list[str]:
    """Every address of the site, filled in with what there is."""
    group = ClassGroup.objects.create(classroom=cast.room_12, name="Foxes")
    group.students.add(cast.alice)
    look_at(cast, "alice")
    known = {
        "session_id": session.pk,
        "book_id": cast.lamp.slug,
        "class_id": cast.room_12.slug,
        "slug": cast.room_12.slug,
        "student_id": cast.alice.slug,
        "interruption_id": session.interruptions.get().pk,
        "checkpoint_id": "glimmer",
        "group_id": str(group.pk),
        "index": "0",
        "object_id": "1",
        "path": "nowhere",
        "app_label": "sessions_app",
    }
    found = [f"/admin/sessions_app/session/{session.pk}/words/"]
    for pattern in patterns(get_resolver()):
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: known.get(name[1], "1"), pattern)
        filled = GROUP.sub(lambda name: known.get(name[1], "1"), filled)
        path = "/" + filled.replace("\\", "")
        if not NO_PAGE.match(filled) and not re.search(r"[()?*^|]", path):
            found.append(path)
    return sorted(set(found))


def complaints(page: str) -> list[str]:
    found = [match[0] for pattern in INLINE for match in pattern.finditer(page)]
    for attributes in SCRIPT.findall(page):
        data = 'type="application/json"' in attributes or "type='application/json'" in attributes
        if "src=" not in attributes and not data:
            found.append(f"<script{attributes}>")
    return found


def everybody(cast: Cast) -> list[User | None]:
    return [None, cast.alice.user, cast.rivera, cast.root]


def test_every_page_has_its_headers_and_nothing_inline(
    client: Client, cast: Cast, paths: list[str], settings: Settings
) -> None:
    pages = 0
    for user in everybody(cast):
        if user is None:
            client.logout()
        for path in paths:
            if user is not None:
                client.force_login(user)
                client.get("/")
            answer = client.get(path)
            assert answer.status_code < 500, path
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                pages += answer.status_code == 200
                assert complaints(answer.content.decode()) == [], path
            elif answer.streaming:
                answer.close()
            headers = answer.headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, path
            assert "unsafe" not in policy, path
            assert headers["X-Frame-Options"] == "DENY", path
            assert headers["X-Content-Type-Options"] == "nosniff", path
            assert headers["Referrer-Policy"] == "same-origin", path
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
            assert "geolocation=()" in headers["Permissions-Policy"], path
            assert "Cache-Control" in headers, path
    assert pages > 40


def test_page_of_a_classs_door_has_nothing_inline(client: Client, cast: Cast) -> None:
    request = client.get("/login/class").wsgi_request
    start_class_login(request, cast.room_12)
    request.session.save()
    client.cookies["readerai_session"] = request.session.session_key or ""
    for path in ("/login/class", "/login/pictures"):
        answer = client.get(path, follow=True)
        assert answer.status_code == 200
        assert complaints(answer.content.decode()) == []


@pytest.mark.parametrize(
    "page",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<a onclick='x()'>",
        '<a href="javascript:x()">',
        "<script>x()</script>",
    ],
)
def test_what_is_inline_is_complained_about(page: str) -> None:
    assert complaints(page) != []


def test_script_of_the_site_and_data_are_not_complained_about() -> None:
    good = '<script src="/a.js"></script><script type="application/json" id="x">{}</script>'
    assert complaints(good) == []


def test_plain_http_is_led_to_https_with_hsts(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 86400
    answer = client.get("/login")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "https://testserver/login"
    secure = client.get("/login", secure=True)
    assert "max-age=31536000" in secure.headers["Strict-Transport-Security"]
    assert client.get("/healthz").status_code == 200


def test_unknown_host_is_refused_without_being_told_anything(client: Client) -> None:
    answer = client.get("/login", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content
