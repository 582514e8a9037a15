"""Schools, people, classes and login methods, for staff."""

from . import classes, login_methods, safeguarding, schools, students, users

__all__ = ["classes", "login_methods", "safeguarding", "schools", "students", "users"]
