"""`python -m bench.history`: a school year of reading for a class, in the database of this folder
(`READERAI_DATA`, or `DATABASE_URL` where that is SQLite, whose clock is this machine's and can be
moved). Whole children are played, who read by themselves, listen, leaf back, skim, walk away and
get stuck, through the sessions' own verbs: it is what a year of children leaves.

Makes 30 children come for 20 minutes on three or four days of a school week, with holidays, days
off, questions, checkpoints, and books that are finished, closed early or left.
`python -m bench.reports` then opens every report.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import time
from collections.abc import Iterator

import django
import time_machine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from bench.history_reader import HistoryReader  # noqa: E402
from library.models import Book  # noqa: E402
from readerai.accounts.login.sign_ins import issue_token, sign_in_of_token  # noqa: E402
from readerai.accounts.models import Classroom, School, Student, Term  # noqa: E402

WEEKS = 52

#: Name, first and last day of the terms of a school year; a year begins in its first autumn.
TERMS = (
    ("Autumn term", (0, 9, 1), (0, 12, 18)),
    ("Spring term", (1, 1, 6), (1, 3, 27)),
    ("Summer term", (1, 4, 13), (1, 7, 17)),
)


def make_terms(school: School, today: dt.date) -> list[Term]:
    """The terms of this school year and the one before, where the school has none."""
    if not school.terms.exists():
        autumn = today.year if today.month >= 9 else today.year - 1
        for year in (autumn - 1, autumn):
            for name, (from_year, *first), (to_year, *last) in TERMS:
                Term.objects.create(
                    school=school,
                    school_year=f"{year}/{(year + 1) % 100:02d}",
                    name=name,
                    first_day=dt.date(year + from_year, *first),
                    last_day=dt.date(year + to_year, *last),
                )
    return list(school.terms.all())


def readers_of(classroom: Classroom, seed: int) -> list[HistoryReader]:
    """The children of a class as readers."""
    books = list(Book.objects.filter(school=None))
    students = Student.objects.filter(enrolments__classroom=classroom, enrolments__ended_on=None)
    found = []
    for place, student in enumerate(students.select_related("user").order_by("pk")):
        sign_in = sign_in_of_token(issue_token(student.user).text)
        assert sign_in is not None
        near = [book for book in books if abs((book.level or 0) - student.reading_level) <= 2]
        found.append(
            HistoryReader(student, sign_in, random.Random(seed * 1000 + place), near or books)
        )
    return found


def school_days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    day = first
    while day < last:
        if day.weekday() < 5:
            yield day
        day += dt.timedelta(days=1)


def make_history(classroom: Classroom, *, weeks: int = WEEKS, ended: int = 0, seed: int = 1) -> int:
    """Let the class have read for ``weeks`` that ``ended`` so many weeks ago (0: yesterday);
    says how many school days there were."""
    today = dt.datetime.now(dt.UTC).date()
    terms = make_terms(classroom.school, today)
    readers = readers_of(classroom, seed)
    last = today - dt.timedelta(weeks=ended)
    days = list(school_days(last - dt.timedelta(weeks=weeks), last))
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as clock:
        for day in days:
            in_term = any(term.first_day <= day <= term.last_day for term in terms)
            coming = [reader for reader in readers if reader.comes(in_term=in_term)]
            nine = dt.datetime.combine(day, dt.time(9, 0), dt.UTC)
            growth = 1.2 - 0.2 * ((today - day) / dt.timedelta(weeks=WEEKS))
            for reader in coming:
                with transaction.atomic():
                    reader.read(clock, nine, growth)
    return len(days)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--class", dest="class_id", default="room-12")
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--ended", type=int, default=0, help="weeks ago (0: yesterday)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if connection.vendor != "sqlite":
        raise SystemExit("A year can only be made where the database's clock is this machine's.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")  # a year that a power cut may take is made anew
    began = time.perf_counter()
    days = make_history(
        Classroom.objects.get(slug=asked.class_id),
        weeks=asked.weeks,
        ended=asked.ended,
        seed=asked.seed,
    )
    print(f"{days} school days, in {time.perf_counter() - began:.0f} s.")


if __name__ == "__main__":
    main()
