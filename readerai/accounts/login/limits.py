"""How often may be tried what a person chose: passwords, three pictures, class codes.

A browser at which somebody has signed in before is told apart from one that nobody knows
(``known_browsers.py``). A stranger's wrong tries are counted by what is guessed at, by class, by
address and over everybody, and only strangers are made to wait by them: nobody can lock a child, a
teacher or a class out of the browsers that they use.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from ..models import Classroom, KnownBrowser, Student
from .known_browsers import Visitor, came_in_here, somebody_of_class_came_in_here
from .throttling import Limit, Tally

_SECONDS, _MINUTES = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
_QUARTER: Final = 15 * _MINUTES
_HOUR: Final = 60 * _MINUTES
_EVERYBODY: Final = ""

# -- at a browser at which just this person came in before: nobody else can make them wait
OWN_PASSWORD: Final = Limit(
    "password at own browser", 10, _QUARTER, _MINUTES, _QUARTER, resets=True
)
OWN_PICTURES: Final = Limit(
    "pictures at own browser", 5, _QUARTER, 30 * _SECONDS, 5 * _MINUTES, resets=True
)

# -- at a browser of the class: another child's, or one that somebody made known with their pictures
CLASS_PICTURES: Final = Limit(
    "pictures at browser of the class", 5, _QUARTER, 30 * _SECONDS, _QUARTER, resets=True
)
CLASS_CHILD: Final = Limit("child at browsers of the class", 15, _QUARTER, _MINUTES, _QUARTER)
CLASS_ALL: Final = Limit("class at its browsers", 60, _QUARTER, _MINUTES, _QUARTER)

# -- at any other browser
PASSWORDS: Final = Limit("password", 5, _QUARTER, 5 * _MINUTES, _HOUR, resets=True)
PASSWORD_ADDRESS: Final = Limit("passwords by address", 100, _QUARTER, _MINUTES, _QUARTER)
PASSWORD_ALL: Final = Limit("all passwords", 1000, _QUARTER, 30 * _SECONDS, 5 * _MINUTES)
PICTURES: Final = Limit("pictures", 5, _QUARTER, 5 * _MINUTES, _HOUR, resets=True)
PICTURES_CLASS: Final = Limit("pictures by class", 20, _QUARTER, 5 * _MINUTES, _HOUR)
PICTURES_ADDRESS: Final = Limit("pictures by address", 100, _QUARTER, _MINUTES, _HOUR)
PICTURES_ALL: Final = Limit("all pictures", 500, _QUARTER, _MINUTES, _QUARTER)

# -- class codes: a whole school comes from one address; a right code must not forgive guessing
CODES: Final = Limit("class code", 30, 10 * _MINUTES, 5 * _MINUTES, _HOUR)
CODES_ALL: Final = Limit("all class codes", 2000, 10 * _MINUTES, _MINUTES, 5 * _MINUTES)
CODES_OF_ONE: Final = Limit(
    "class code at a known browser", 30, 10 * _MINUTES, 5 * _MINUTES, _QUARTER
)
# Whoever knows one code could make known browsers as they like, and guess the others with them.
CODES_KNOWN_ADDRESS: Final = Limit(
    "class codes at known browsers", 300, 10 * _MINUTES, 5 * _MINUTES, _HOUR
)

# -- mails with a link for a new password, each of which counts
MAILS: Final = Limit("links by mail address", 3, _HOUR, _HOUR, _HOUR)
MAILS_ADDRESS: Final = Limit("links by address", 20, _HOUR, _QUARTER, _HOUR)

#: Locks nothing: what a teacher is shown of a child's failed tries.
TRIES: Final = Limit("tries", 1 << 30, dt.timedelta(days=1), _MINUTES, _MINUTES)


def of_password(visitor: Visitor, username: str) -> list[Tally]:
    """Where a wrong password for this name is counted. An unknown name is nobody's own browser."""
    if came_in_here(visitor.browser, username=username):
        return [Tally(OWN_PASSWORD, f"{visitor.browser} {username}")]
    return [
        Tally(PASSWORDS, username),
        Tally(PASSWORD_ADDRESS, visitor.address),
        Tally(PASSWORD_ALL, _EVERYBODY),
    ]


def of_pictures(visitor: Visitor, child: Student, classroom: Classroom) -> list[Tally]:
    """Where wrong pictures of this child are counted."""
    tries, child_pk, class_pk = tries_of(child), str(child.pk), str(classroom.pk)
    if came_in_here(visitor.browser, username=child.user.username):
        return [tries, Tally(OWN_PICTURES, f"{visitor.browser} {child_pk}")]
    if somebody_of_class_came_in_here(visitor.browser, classroom):
        return [
            tries,
            Tally(CLASS_PICTURES, f"{visitor.browser} {child_pk}"),
            Tally(CLASS_CHILD, child_pk),
            Tally(CLASS_ALL, class_pk),
        ]
    return [
        tries,
        Tally(PICTURES, child_pk),
        Tally(PICTURES_CLASS, class_pk),
        Tally(PICTURES_ADDRESS, visitor.address),
        Tally(PICTURES_ALL, _EVERYBODY),
    ]


def of_forgotten(visitor: Visitor, address: str) -> list[Tally]:
    """Where it is counted that a link for a new password was asked for, whoever has the address."""
    return [Tally(MAILS, address), Tally(MAILS_ADDRESS, visitor.address)]


def of_class_code(visitor: Visitor) -> list[Tally]:
    """Where a wrong class code is counted."""
    if visitor.browser is None:
        return [Tally(CODES, visitor.address), Tally(CODES_ALL, _EVERYBODY)]
    return [
        Tally(CODES_OF_ONE, visitor.browser),
        Tally(CODES_KNOWN_ADDRESS, visitor.address),
    ]


def tries_of(child: Student) -> Tally:
    return Tally(TRIES, str(child.pk))


def of_child(child: Student) -> list[Tally]:
    """Every tally in which a child's wrong pictures stand, but for those of whole classes."""
    pk = str(child.pk)
    browsers = KnownBrowser.objects.filter(
        user__student__enrolments__classroom__enrolments__student=child
    )
    here = sorted(set(browsers.values_list("browser", flat=True)))
    return [
        *waits_of(child),
        *(
            Tally(limit, f"{each} {pk}")
            for each in here
            for limit in (OWN_PICTURES, CLASS_PICTURES)
        ),
    ]


def of_class(classroom: Classroom) -> list[Tally]:
    """The tallies of a whole class."""
    return [Tally(limit, str(classroom.pk)) for limit in (PICTURES_CLASS, CLASS_ALL)]


def waits_of(child: Student) -> list[Tally]:
    """The tallies that a grown-up is shown of a child: tries, and what makes browsers wait."""
    return [tries_of(child), Tally(PICTURES, str(child.pk)), Tally(CLASS_CHILD, str(child.pk))]
