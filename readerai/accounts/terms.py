"""What must be true of a school's terms, whether typed in or brought by a roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .models import School, Term


class TermDays(NamedTuple):
    """A term as it is written down."""

    school_year: str
    name: str
    first_day: dt.date
    last_day: dt.date


def clashes(terms: Sequence[TermDays]) -> Iterator[tuple[int, str, str]]:
    """No day is in two terms, and no year goes on while another is under way.

    Gives which of the terms clashes (its position), by which of its fields, and why.
    """
    order = sorted(range(len(terms)), key=lambda position: terms[position].first_day)
    for before, after in pairwise(order):
        if terms[after].first_day <= terms[before].last_day:
            yield after, "first_day", f"{terms[before].name} is not over then."
    years: list[str] = []
    for position in order:
        year = terms[position].school_year
        if year in years[:-1]:
            yield position, "school_year", f"{years[-1]} begins before {year} is over."
        if year not in years:
            years.append(year)


def keep_terms_from_rosters(school: School) -> None:
    """From now on the school's terms are those that somebody entered: no roster changes them."""
    Term.objects.filter(school=school).update(source_id="")
