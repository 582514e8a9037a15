"""Schools, people, classes, and what people sign in with."""

from .badge import Badge
from .classroom import ClassGroup, Classroom, Enrolment
from .known_browser import KnownBrowser
from .safeguarding import SafeguardingContact, SafeguardingPolicy
from .school import School
from .sign_in import SignIn
from .student import Student
from .term import Term
from .throttle import Throttle
from .ticket import Ticket
from .user import Role, User

__all__ = [
    "Badge",
    "ClassGroup",
    "Classroom",
    "Enrolment",
    "KnownBrowser",
    "Role",
    "SafeguardingContact",
    "SafeguardingPolicy",
    "School",
    "SignIn",
    "Student",
    "Term",
    "Throttle",
    "Ticket",
    "User",
]
