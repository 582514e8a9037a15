"""Schools, people, classes and ways in, for staff."""

from . import classes, login_methods, people, schools

__all__ = ["classes", "login_methods", "people", "schools"]
