"""Who is at a socket's door: a spent ticket, or a browser's login from our own origin."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host

from readerai.accounts.login.sign_ins import SESSION_FIELD, spend_ticket
from readerai.accounts.models import SignIn

SUBPROTOCOL: Final = "readerai.v1"
_TICKET: Final = "ticket."
_CLIENT: Final = re.compile(r"[A-Za-z0-9-]{1,36}")

Scope = dict[str, Any]


def selected_subprotocol(scope: Scope) -> str | None:
    return SUBPROTOCOL if SUBPROTOCOL in scope.get("subprotocols", ()) else None


def who_is_there(scope: Scope, opens: str) -> SignIn | None:
    """The live sign-in behind a handshake for the path ``opens``, or None.

    Looks in the database: call it in a database thread. A ticket is spent by asking.
    """
    for offered in scope.get("subprotocols", ()):
        if offered.startswith(_TICKET):
            return spend_ticket(offered.removeprefix(_TICKET), opens)
    if not comes_from_us(scope):
        return None
    return _browser(scope)


def asked_of(query: bytes | str) -> tuple[str, bool]:
    """What an address asks for: the name of the outbox that speaks (empty: the unnamed client),
    and whether it opens the session only if that is free."""
    text = query.decode("latin-1") if isinstance(query, bytes) else query
    values = parse_qs(text)
    [client] = values.get("client", [""])[:1]
    only_if_free = values.get("if", [""])[0] == "free"
    return (client if _CLIENT.fullmatch(client) else ""), only_if_free


def _headers(scope: Scope) -> dict[bytes, bytes]:
    return dict(scope.get("headers", ()))


def _host(headers: dict[bytes, bytes]) -> str | None:
    """The host that was asked for, if it is one of ours."""
    host = headers.get(b"host", b"").decode("latin-1")
    domain, _ = split_domain_port(host)
    allowed = settings.ALLOWED_HOSTS
    return host.lower() if domain and validate_host(domain, allowed) else None


def comes_from_us(scope: Scope) -> bool:
    """Whether a handshake's ``Origin`` is the page's own, or one that is trusted for forms.

    A cookie is sent along from any page, so a browser without the right origin is nobody.
    """
    headers = _headers(scope)
    host = _host(headers)
    origin = headers.get(b"origin", b"").decode("latin-1").lower()
    if host is None or not origin:
        return False
    if origin in {trusted.lower() for trusted in settings.CSRF_TRUSTED_ORIGINS}:
        return True
    return origin == f"{_scheme(scope, headers)}://{host}" and bool(urlsplit(origin).hostname)


def _scheme(scope: Scope, headers: dict[bytes, bytes]) -> str:
    if settings.READERAI_TRUST_PROXY:
        forwarded = headers.get(b"x-forwarded-proto", b"").decode("latin-1").strip().lower()
        if forwarded in {"http", "https"}:
            return forwarded
    return "https" if scope.get("scheme") in {"wss", "https"} else "http"


def _browser(scope: Scope) -> SignIn | None:
    cookies = parse_cookie(_headers(scope).get(b"cookie", b"").decode("latin-1"))
    session_key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not session_key:
        return None
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    sign_in_id = store.get(SESSION_FIELD)
    if sign_in_id is None:
        return None
    return SignIn.objects.live().select_related("user").filter(pk=sign_in_id).first()
