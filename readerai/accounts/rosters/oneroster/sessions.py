"""``academicSessions.csv``: school years, and the terms that they are made of.

A session belongs to no school by itself: the classes of a school say which are its own. What a
school calls a term may be written as a ``term``, a ``semester`` or, below them, a
``gradingPeriod``; one school's sets use one of these for what lies in its reports, and the others
for what is longer or shorter.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from ..files.tables import Row
from ..types import Roster, RosterTerm
from .files import Files, is_fit

#: The rows by id.
Sessions = dict[str, Row]

_YEAR: Final = "schoolyear"
_TERMS: Final = ("term", "semester", "gradingperiod")  # the first kind that a year has is taken
_LONGEST_YEAR, _LONGEST_NAME = 20, 60
_DEEPEST: Final = 8  # deeper than any calendar; where two are within each other it ends, too


def read_sessions(files: Files) -> Sessions:
    """Read every session, however long. The file may be left out."""
    if not (files.folder / "academicSessions.csv").is_file():
        return {}
    return {row["sourcedId"]: row for row in files.rows("academicSessions")}


def year_of(row: Row) -> str:
    """The year that a session says it is in."""
    return (row["schoolYear"] or row["endDate"][:4])[:_LONGEST_YEAR]


def read_terms(
    files: Files, roster: Roster, sessions: Sessions, named: dict[str, set[str]]
) -> None:
    """Fill ``roster.terms``. ``named`` are the sessions that each school's classes are in.

    Where no class is in any session, every session is of every school.
    """
    of_all = not any(named.values())
    days = {identifier: _days(files, row) for identifier, row in sessions.items()}
    year_of_session = _years(sessions)
    years: dict[str, list[str]] = {}
    for identifier in sessions:
        years.setdefault(year_of_session[identifier], []).append(identifier)
    for school in roster.schools:
        own = {year_of_session[identifier] for identifier in named.get(school, ())}
        for year in years if of_all else sorted(own):
            _add_terms(school, roster, years[year], sessions, days)


def _add_terms(
    school: str,
    roster: Roster,
    parts: list[str],
    sessions: Sessions,
    days: dict[str, tuple[dt.date, dt.date] | None],
) -> None:
    taken = _terms_among(parts, sessions, days)
    year = _name_of_year(parts, sessions)
    for identifier in taken:
        row, spell = sessions[identifier], days[identifier]
        name, school_year = row["title"][:_LONGEST_NAME], year or year_of(row)
        if spell is not None and name and school_year:
            roster.terms.append(RosterTerm(identifier, school, school_year, name, *spell, row.at))


def _terms_among(
    parts: list[str], sessions: Sessions, days: dict[str, tuple[dt.date, dt.date] | None]
) -> list[str]:
    """The terms of one year; a term within a term is a part of it."""
    for kind in _TERMS:
        terms = [part for part in parts if _kind(sessions[part]) == kind and days[part]]
        if terms:
            return [term for term in terms if not set(_parents(term, sessions)) & set(terms)]
    return []


def _name_of_year(parts: list[str], sessions: Sessions) -> str:
    """The year as the school writes it, where that is short enough to be a name; else empty."""
    titles = [sessions[part]["title"] for part in parts if _kind(sessions[part]) == _YEAR]
    return titles[0] if titles and len(titles[0]) <= _LONGEST_YEAR else ""


def _years(sessions: Sessions) -> dict[str, str]:
    """A key of the year that each session is in, the same for all sessions of one year.

    It is the session that all of the year's are within; in a set without parents it is the year
    that a session says.
    """
    if any(row["parentSourcedId"] for row in sessions.values()):
        return {session: [session, *_parents(session, sessions)][-1] for session in sessions}
    return {session: year_of(row) for session, row in sessions.items()}


def _parents(identifier: str, sessions: Sessions) -> list[str]:
    """The sessions that this one is within, from the shortest to the longest."""
    parents: list[str] = []
    parent = sessions[identifier]["parentSourcedId"]
    while parent in sessions and len(parents) < _DEEPEST:
        parents.append(parent)
        parent = sessions[parent]["parentSourcedId"]
    return parents


def _kind(row: Row) -> str:
    return row["type"].casefold()


def _days(files: Files, row: Row) -> tuple[dt.date, dt.date] | None:
    """The first day and the last: ``endDate`` is the day after it."""
    if _kind(row) not in _TERMS or not is_fit(row, ("sourcedId", "title"), 255, files.problems):
        return None
    first, end = files.day(row, "startDate"), files.day(row, "endDate")
    if first is None or end is None:
        return None
    if end <= first:
        files.problems.add(row.at, "endDate: it is not after startDate")
        return None
    return first, end - dt.timedelta(days=1)
