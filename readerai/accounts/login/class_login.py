"""Login by class code: the code opens the class's list of names, on this browser, for a while."""

from __future__ import annotations

import datetime as dt
import secrets

from django.http import HttpRequest

from readerai.clock import db_now

from ..models import Classroom, Student
from .known_browsers import visitor_of
from .limits import of_class_code
from .throttling import throttled

# No vowels (no words by chance) and nothing that looks like something else.
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
_CODE_LENGTH = 6
_LIFETIME = dt.timedelta(minutes=15)
_CLASS, _CHILD = "class_login", "class_login_child"


def new_class_code() -> str:
    """A class code to read out and type: six letters and digits, about 29 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))


def change_class_code(classroom: Classroom) -> None:
    """Give a class a new code. Whoever is at the list of names by the old one is led out."""
    while Classroom.objects.filter(code=(code := new_class_code())).exists():
        pass
    classroom.code = code
    classroom.save(update_fields=["code"])


def class_of_code(request: HttpRequest, code: str) -> Classroom | None:
    """The running class with this code, however it was typed. Raises ``throttling.Locked``.

    Wrong codes are counted by address; at a browser that gave a right one before, by browser,
    and far more leniently by address.
    """
    return throttled(of_class_code(visitor_of(request)), lambda: _class_of(code))


def _class_of(code: str) -> Classroom | None:
    typed = code.strip()
    bare = "".join(letter for letter in typed if letter.isalnum())
    for text in dict.fromkeys((typed, bare)):
        if text and text.isprintable() and len(text) <= 12:
            classroom = Classroom.objects.filter(code__iexact=text, is_active=True).first()
            if classroom is not None:
                return classroom
    return None


def start_class_login(request: HttpRequest, classroom: Classroom) -> None:
    """Let this browser see the names of the class for a quarter of an hour."""
    request.session[_CLASS] = [classroom.pk, classroom.code, int(db_now().timestamp())]
    request.session.pop(_CHILD, None)


def end_class_login(request: HttpRequest) -> None:
    request.session.pop(_CLASS, None)
    request.session.pop(_CHILD, None)


def class_of_login(request: HttpRequest) -> Classroom | None:
    """The class whose code was entered here: it is still its code, and not long ago."""
    try:
        pk, code, at = request.session[_CLASS]
    except (KeyError, TypeError, ValueError):
        return None
    if db_now().timestamp() - at > _LIFETIME.total_seconds():
        return None
    return Classroom.objects.filter(pk=pk, code=code, is_active=True).first()


def children_of(classroom: Classroom) -> list[Student]:
    """The class's children of today who may sign in, by name."""
    return list(
        Student.objects.filter(
            enrolments__classroom=classroom,
            enrolments__ended_on=None,
            user__is_active=True,
            user__role="student",
        ).select_related("user")
    )


def child_of(classroom: Classroom, slug: str) -> Student | None:
    """A child of the class as it is today. ``slug`` may be anything that somebody sent."""
    return next((child for child in children_of(classroom) if child.slug == slug), None)


def choose_child(request: HttpRequest, child: Student) -> None:
    """Remember which child of the class wants to sign in at this browser."""
    request.session[_CHILD] = child.pk


def chosen_child(request: HttpRequest) -> Student | None:
    """The child who wants to sign in, if the login goes on and they are still of the class."""
    classroom = class_of_login(request)
    pk = request.session.get(_CHILD)
    if classroom is None or pk is None:
        return None
    return next((child for child in children_of(classroom) if child.pk == pk), None)
