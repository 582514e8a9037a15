"""A school's time zone and terms make sense, or are refused in words."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.models import Classroom, Term


def test_unknown_time_zone_is_refused_kindly(admin: Client, room: Classroom) -> None:
    form = {
        "name": "Hill School", "slug": "hill", "time_zone": "../etc/passwd",
        "retention_days": "400", "access_log_retention_days": "1100",
    }  # fmt: skip
    answer = admin.post(f"/admin/accounts/school/{room.school.pk}/change/", form)
    assert "There is no such time zone" in answer.content.decode()


def terms_form(room: Classroom, *rows: tuple[str, str, str, str]) -> dict[str, str]:
    school = room.school
    sent = {"name": school.name, "slug": school.slug, "time_zone": "Europe/Berlin"}
    sent |= {"retention_days": "400", "access_log_retention_days": "1100"}
    sent |= {"terms-TOTAL_FORMS": str(len(rows)), "terms-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        names = ("school_year", "name", "first_day", "last_day")
        sent |= {f"terms-{place}-{name}": value for name, value in zip(names, row, strict=True)}
    return sent


AUTUMN = ("2026/27", "Autumn", "2026-09-01", "2026-12-18")

SPRING = ("2026/27", "Spring", "2027-01-06", "2027-03-25")


def test_terms_are_entered_on_the_schools_page(admin: Client, room: Classroom) -> None:
    address = f"/admin/accounts/school/{room.school.pk}/change/"
    answer = admin.post(address, terms_form(room, SPRING, AUTUMN))
    assert answer.status_code == 302
    assert [str(term) for term in Term.objects.all()] == ["Autumn, 2026/27", "Spring, 2026/27"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("2026/27", "Winter", "2026-12-18", "2027-01-05"), "Autumn is not over then."),
        (("2025/26", "Late", "2027-04-01", "2027-04-20"), None),
        (("2026/27", "Summer", "2027-07-20", "2027-04-10"), "ends on or after the day"),
    ],
)
def test_terms_that_no_calendar_could_have_are_refused(
    admin: Client, room: Classroom, row: tuple[str, str, str, str], said: str | None
) -> None:
    address = f"/admin/accounts/school/{room.school.pk}/change/"
    early = ("2025/26", "Summer", "2026-04-10", "2026-07-20")
    answer = admin.post(address, terms_form(room, early, AUTUMN, SPRING, row))
    assert answer.status_code == 200
    assert (said or "2026/27 begins before 2025/26 is over.") in answer.content.decode()
    assert not Term.objects.exists()
