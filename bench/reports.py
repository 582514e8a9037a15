"""`python -m bench.reports`: every report's page and file opened once, with its time and its
number of queries, in the database of this folder (fill it with `python -m bench.history`)."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from readerai.accounts.models import Classroom  # noqa: E402
from sessions_app.models import Interruption, ReadingSpan, Session  # noqa: E402
from teachers.reports.school_periods import school_period  # noqa: E402


def addresses(classroom: Classroom) -> Iterator[str]:
    """Every page about a class, its child who read most, and that child's longest session."""
    base = f"/teachers/classes/{classroom.slug}"
    ranges, _ = school_period(classroom.school, "")
    periods = [dates.key for dates in ranges]
    yield from ("/teachers/", base)
    yield from (f"{base}/report?period={period}" for period in periods)
    yield f"{base}/report/children.csv?period=year"
    session = Session.objects.filter(student__enrolments__classroom=classroom)
    longest = session.order_by("-log_length").first()
    if longest is not None:
        child = f"/teachers/students/{longest.student.slug}"
        yield from (f"{child}?period={period}" for period in periods)
        yield from (f"{child}/week", f"/teachers/sessions/{longest.pk}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--class", dest="class_id", default="room-12")
    classroom = Classroom.objects.get(slug=parser.parse_args().class_id)
    teacher = classroom.teachers.first()
    assert teacher is not None
    client = Client(headers={"host": "localhost"})
    client.force_login(teacher)
    for model in (Session, ReadingSpan, Interruption):
        print(f"{model.objects.count():>8,} {model._meta.verbose_name_plural}")
    client.get("/teachers/")  # templates are read once
    print(f"{'queries':>8} {'ms CPU':>8} {'kB':>6}  page")
    for address in addresses(classroom):
        began = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        spent = 1000 * (time.process_time() - began)
        assert answer.status_code == 200, (address, answer.status_code)
        print(f"{len(queries):>8} {spent:>8.0f} {len(answer.content) / 1000:>6.0f}  {address}")


if __name__ == "__main__":
    main()
