"""Every address of the site, and who is let in. A new address needs a row here.

A row names the methods that exist and the roles that are let in to what belongs to Alice: her
session, her class room 12, herself, her school's own book. Whoever is not let in must not be
able to tell what is there from what is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ALICE: Final = frozenset({"student"})
STUDENTS: Final = frozenset({"student", "classmate", "far student"})
TEACHER: Final = frozenset({"teacher"})
TEACHERS: Final = frozenset({"teacher", "colleague", "far teacher"})
STAFF: Final = frozenset({"staff", "superuser"})
SIGNED_IN: Final = STUDENTS | TEACHERS | STAFF
EVERYBODY: Final = SIGNED_IN | {"signed out"}
SCHOOL: Final = SIGNED_IN - {"far student", "far teacher"}
# Whoever looks after people's ways in: the class's own teacher, and staff.
KEEPERS: Final = TEACHER | STAFF

READ: Final = frozenset({"GET"})
FORM: Final = frozenset({"GET", "POST"})
WRITE: Final = frozenset({"POST"})


@dataclass(frozen=True)
class Route:
    """`live` ones talk to a server process that goes on: the tests of the wire let people in."""

    methods: frozenset[str]
    let_in: frozenset[str]
    live: bool = False


ROUTES: Final[dict[str, Route]] = {
    # -- the API ------------------------------------------------------------------------------
    "api-tokens": Route(WRITE, EVERYBODY),
    "api-token-current": Route(frozenset({"DELETE"}), frozenset()),  # a login is no token
    "api-me": Route(frozenset({"GET", "PATCH"}), STUDENTS),
    "api_books": Route(READ, SIGNED_IN),
    "api_book": Route(READ, SCHOOL),
    "api_chapter": Route(READ, SCHOOL),
    "api-sessions": Route(READ, STUDENTS | TEACHERS),
    "api-session": Route(READ, ALICE | TEACHER),
    "api-session-events": Route(READ, TEACHER | STAFF),
    "api-answer-speech": Route(READ, frozenset()),  # there is no such answer
    "api-session-speech": Route(WRITE, ALICE),
    "api-session-stream": Route(READ, ALICE, live=True),
    "api-session-frames": Route(WRITE, ALICE, live=True),
    "api-tickets": Route(WRITE, STUDENTS | TEACHERS),
    "api-classes": Route(READ, TEACHERS),
    "api-class": Route(READ, TEACHER),
    "api-class-sessions": Route(READ, TEACHER),
    "schema": Route(READ, EVERYBODY),
    "docs": Route(READ, EVERYBODY),
    # -- ways in ------------------------------------------------------------------------------
    "home": Route(READ, EVERYBODY),
    "login": Route(FORM, EVERYBODY),
    "logout": Route(FORM, EVERYBODY),
    "class-login": Route(FORM, EVERYBODY),
    "class-login-leave": Route(WRITE, EVERYBODY),
    "class-login-child": Route(WRITE, EVERYBODY),
    "class-login-pictures": Route(FORM, EVERYBODY),
    "badge": Route(FORM, EVERYBODY),
    "password": Route(FORM, TEACHERS | STAFF),
    "password-new": Route(FORM, EVERYBODY),
    "password-forgotten": Route(FORM, frozenset()),  # the tests have no mail server
    "class-login-methods": Route(READ, KEEPERS),
    "class-new-code": Route(WRITE, KEEPERS),
    "class-lift-locks": Route(WRITE, KEEPERS),
    "class-cards": Route(FORM, KEEPERS),
    "class-new-badges": Route(READ, KEEPERS),
    "class-child-pictures": Route(FORM, KEEPERS),
    "class-groups": Route(FORM, KEEPERS),
    "class-group": Route(WRITE, KEEPERS),
    # -- a child's pages ----------------------------------------------------------------------
    "library": Route(READ, STUDENTS),
    "book": Route(READ, frozenset({"student", "classmate"})),
    "start-reading": Route(WRITE, frozenset({"student", "classmate"})),
    "read": Route(READ, ALICE),
    "me": Route(READ, STUDENTS),
    "shared": Route(READ, STUDENTS),
    "book_cover": Route(READ, SCHOOL),
    "book_cover_picture": Route(READ, frozenset()),  # nor did its file bring a cover
    "chapter_picture": Route(READ, frozenset()),  # or pictures
    "chapter_narration": Route(READ, frozenset()),  # this book is not narrated
    # -- what is prepared for a book: staff, and teachers who were given the right --------------
    "prepared-help": Route(FORM, frozenset({"superuser"})),
    # -- a teacher's pages --------------------------------------------------------------------
    "teacher-home": Route(READ, TEACHERS),
    "teacher-concerns": Route(READ, TEACHERS),
    "teacher-concerns-test-mail": Route(WRITE, TEACHERS),
    "teacher-concern": Route(READ, TEACHER),
    "teacher-concern-seen": Route(WRITE, TEACHER),
    "teacher-concern-dealt-with": Route(WRITE, TEACHER),
    "teacher-class": Route(READ, TEACHER),
    "teacher-class-report": Route(READ, TEACHER),
    "teacher-class-xapi": Route(READ, TEACHER),
    "teacher-class-table": Route(READ, TEACHER),
    "teacher-reading-lists": Route(READ, TEACHER),
    "teacher-reading-lists-file": Route(READ, TEACHER),
    "teacher-reading-list-new": Route(FORM, TEACHER),
    "teacher-reading-list": Route(READ, TEACHER),
    "teacher-reading-list-file": Route(READ, TEACHER),
    "teacher-reading-list-edit": Route(FORM, TEACHER),
    "teacher-reading-list-remove": Route(WRITE, TEACHER),
    "teacher-student": Route(READ, TEACHER),
    "teacher-student-week": Route(READ, TEACHER),
    "teacher-student-xapi": Route(READ, TEACHER),
    "teacher-student-table": Route(READ, TEACHER),
    "teacher-session": Route(READ, TEACHER),
    "teacher-session-table": Route(READ, TEACHER),
}
