"""Names and passwords: the same check and the same limit for the page and for the API."""

from __future__ import annotations

from django.contrib.auth import authenticate

from ..models import User
from . import limits
from .known_browsers import Visitor
from .throttling import throttled

LONGEST_NAME = 150
LONGEST_PASSWORD = 1000


def user_with_password(username: str, password: str, *, visitor: Visitor) -> User | None:
    """The active user whose password this is, or None. Raises ``throttling.Locked`` and ``Busy``.

    An unknown name costs the same time and counts towards the same lock as a known one.
    """
    # A name that no account can have is looked up as an empty one: same work, no database error.
    name = username if _can_be_a_name(username) else ""
    return throttled(limits.of_password(visitor, name), lambda: _check(name, password))


def _check(name: str, password: str) -> User | None:
    # Over-long passwords are nobody's; hashing a part of them takes as long as any other.
    fits = len(password) <= LONGEST_PASSWORD
    text = password[:LONGEST_PASSWORD].encode("utf-8", "replace").decode()
    user = authenticate(username=name, password=text)
    return user if isinstance(user, User) and fits and text == password else None


def _can_be_a_name(username: str) -> bool:
    if "\0" in username or len(username) > LONGEST_NAME:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in username)
