"""Schools, people, classes and ways in, for staff."""

from . import classes, people, schools, ways_in

__all__ = ["classes", "people", "schools", "ways_in"]
