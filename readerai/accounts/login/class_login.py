"""The class's door: a code opens the list of names, on this browser, for a while."""

from __future__ import annotations

import datetime as dt
import secrets

from django.http import HttpRequest

from readerai.clock import db_now

from ..models import Classroom, Student
from .known_browsers import known_browser
from .throttling import CLASS_CODES, CLASS_CODES_OF_ONE, KNOWN_ADDRESSES, client_address, guarded

# No vowels (no words by chance) and nothing that looks like something else.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
_CODE_LENGTH = 6
_STAYS_OPEN = dt.timedelta(minutes=15)
_DOOR, _CHILD = "door", "door_child"


def new_class_code() -> str:
    """A class code to read out and type: six letters and digits, about 29 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))


def class_of_code(request: HttpRequest, code: str) -> Classroom | None:
    """The running class behind a code, however it was typed. Raises ``throttling.Locked``.

    Wrong codes are counted by address; at a browser that gave a right one before, by browser,
    and far more leniently by address.
    """
    address, browser = client_address(request), known_browser(request)
    if browser is None:
        return guarded(CLASS_CODES, address, lambda: _look(code))
    return guarded(
        KNOWN_ADDRESSES, address, lambda: guarded(CLASS_CODES_OF_ONE, browser, lambda: _look(code))
    )


def _look(code: str) -> Classroom | None:
    typed = code.strip()
    bare = "".join(letter for letter in typed if letter.isalnum())
    for text in dict.fromkeys((typed, bare)):
        if text and text.isprintable() and len(text) <= 12:
            found = Classroom.objects.filter(code__iexact=text, is_active=True).first()
            if found is not None:
                return found
    return None


def open_door(request: HttpRequest, classroom: Classroom) -> None:
    request.session[_DOOR] = [classroom.pk, classroom.code, int(db_now().timestamp())]
    request.session.pop(_CHILD, None)


def close_door(request: HttpRequest) -> None:
    request.session.pop(_DOOR, None)
    request.session.pop(_CHILD, None)


def open_class(request: HttpRequest) -> Classroom | None:
    """The class whose door stands open here: the code is still its own, and not long ago."""
    try:
        pk, code, at = request.session[_DOOR]
    except (KeyError, TypeError, ValueError):
        return None
    if db_now().timestamp() - at > _STAYS_OPEN.total_seconds():
        return None
    return Classroom.objects.filter(pk=pk, code=code, is_active=True).first()


def children_of(classroom: Classroom) -> list[Student]:
    """Who may come in by this door: the class's children of today, by name."""
    return list(
        Student.objects.filter(
            enrolments__classroom=classroom,
            enrolments__ended_on=None,
            user__is_active=True,
            user__role="student",
        ).select_related("user")
    )


def choose_child(request: HttpRequest, slug: str) -> Student | None:
    """Remember which child stands at the door; None where the class has no such child."""
    classroom = open_class(request)
    if classroom is None:
        return None
    child = next((one for one in children_of(classroom) if one.slug == slug), None)
    if child is not None:
        request.session[_CHILD] = child.pk
    return child


def chosen_child(request: HttpRequest) -> Student | None:
    """The child at the door, if the door is open and they are still of the class."""
    classroom = open_class(request)
    pk = request.session.get(_CHILD)
    if classroom is None or pk is None:
        return None
    return next((one for one in children_of(classroom) if one.pk == pk), None)
