"""OneRoster 1.1 and 1.2 as CSV files, in bulk.

Read: manifest, orgs, users, classes, enrollments, academicSessions, and in 1.2 roles. Passed over:
whoever is neither student nor teacher (guardians, administrators: staff are made by hand), and
everything that is not about who is in which class. A row that is there twice or speaks of what is
not in the set is passed over, and said.
"""

from __future__ import annotations

from ..files.sources import Source
from ..types import Roster
from .classes import enrollments, read_classes, read_memberships
from .files import MANIFEST
from .manifest import open_set
from .people import read_people
from .schools import read_schools
from .sessions import read_sessions, read_terms


def is_oneroster(folder: Source) -> bool:
    return (folder / MANIFEST).is_file()


def read_oneroster(folder: Source) -> Roster:
    """The roster in a folder of OneRoster files. Raises ``RosterError`` with all that is wrong."""
    files = open_set(folder)
    roster = Roster(ids_span_schools=True)
    orgs = read_schools(files, roster)
    sessions = read_sessions(files)
    named = read_classes(files, roster, sessions)
    read_terms(files, roster, sessions, named)
    enrolled = enrollments(files)
    known = read_people(files, roster, orgs, enrolled)
    read_memberships(enrolled, roster, known, files.problems)
    files.problems.raise_any()
    roster.passed_over = files.problems.passed_over
    return roster
