"""The terms of a school from its OneRoster sessions, where nobody entered any."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from readerai.accounts.models import School, Term, User

from .imports import refused, run
from .oneroster_files import OneRoster

pytestmark = pytest.mark.django_db

DAY = dt.date.fromisoformat
#: Of a school year with two terms, the first of which has two periods.
AUTUMN, SPRING = ("a", "term", "Autumn"), ("b", "term", "Spring")


def with_year() -> OneRoster:
    roster = OneRoster()
    roster.sessions.clear()
    roster.add_session("y1", "schoolYear", "2026/27", "2026-08-10", "2027-06-12")
    roster.add_session(*AUTUMN, "2026-08-10", "2026-12-19", "y1")
    roster.add_session(*SPRING, "2027-01-05", "2027-06-12T00:00:00.000Z", "y1")
    roster.add_session("q1", "gradingPeriod", "Q1", "2026-08-10", "2026-10-16", "a")
    roster.add_session("q2", "gradingPeriod", "Q2", "2026-10-16", "2026-12-19", "a")
    return roster


def terms(school: str = "Hill School") -> dict[str, tuple[dt.date, dt.date]]:
    found = Term.objects.filter(school__name=school)
    return {str(term): (term.first_day, term.last_day) for term in found}


def test_terms_are_those_of_the_set_and_end_the_day_before_their_end_date(tmp_path: Path) -> None:
    folder = with_year().write(tmp_path / "set")
    assert "2  new terms" in run(folder, dry_run=True)
    assert not Term.objects.exists()
    run(folder, changes=tmp_path / "changes.csv")
    assert terms() == {
        "Autumn, 2026/27": (DAY("2026-08-10"), DAY("2026-12-18")),
        "Spring, 2026/27": (DAY("2027-01-05"), DAY("2027-06-11")),
    }
    told = (tmp_path / "changes.csv").read_text("utf-8-sig")
    assert 'new term,Hill School,,,"Autumn, 2026/27",a,,,2026-08-10 to 2026-12-18' in told
    assert "nothing to change" in run(folder)


def test_moved_term_is_moved_and_last_years_stay(tmp_path: Path) -> None:
    roster = with_year()
    run(roster.write(tmp_path / "set"))
    before = set(Term.objects.values_list("pk", flat=True))
    roster.sessions[1] |= {"title": "Spring", "endDate": "2026-12-20"}
    roster.sessions[2] |= {"title": "Autumn"}
    assert "2  terms changed" in run(roster.write(tmp_path / "set"))
    assert set(Term.objects.values_list("pk", flat=True)) == before
    assert terms()["Spring, 2026/27"] == (DAY("2026-08-10"), DAY("2026-12-19"))
    roster.sessions.clear()
    roster.add_session("y1", "schoolYear", "2027/28", "2027-08-10", "2028-06-12")
    roster.add_session("c", "semester", "First", "2027-08-10", "2027-12-19", "y1")
    assert "1  new terms" in run(roster.write(tmp_path / "set"))
    assert list(terms()) == ["Spring, 2026/27", "Autumn, 2026/27", "First, 2027/28"]


@pytest.mark.parametrize("change", ["entered", "changed"])
def test_terms_that_staff_put_a_hand_to_are_left_alone(
    tmp_path: Path, client: Client, office: User, change: str
) -> None:
    roster = with_year()
    if change == "entered":
        School.objects.create(slug="hill", name="Hill School")
    else:
        run(roster.write(tmp_path / "set"))
    put_a_hand_to(client, office)
    before = terms()
    assert before
    roster.sessions[1] |= {"endDate": "2026-12-20"}
    said = run(roster.write(tmp_path / "set"), dry_run=True)
    assert "note: Hill School keeps its own terms" in said
    assert "new terms" not in said
    run(tmp_path / "set")
    assert terms() == before


def put_a_hand_to(client: Client, office: User) -> None:
    """On the school's page: a term is entered, or where there is one its first day moved."""
    office.is_superuser = True
    office.save()
    client.force_login(office)
    client.get("/")
    school = School.objects.get()
    entered = Term(
        school_year="26/27",
        name="Michaelmas",
        first_day=DAY("2026-08-10"),
        last_day=DAY("2026-12-01"),
    )
    here = list(school.terms.all())
    form = {
        "name": school.name, "slug": school.slug, "time_zone": "UTC", "retention_days": "400",
        "access_log_retention_days": "400", "source_id": school.source_id,
        "terms-INITIAL_FORMS": str(len(here)), "terms-TOTAL_FORMS": str(max(1, len(here))),
    }  # fmt: skip
    for number, term in enumerate(here or [entered]):
        form |= {
            f"terms-{number}-id": str(term.pk or ""),
            f"terms-{number}-school": str(school.pk),
            f"terms-{number}-school_year": term.school_year,
            f"terms-{number}-name": term.name,
            f"terms-{number}-first_day": str(term.first_day if number else "2026-08-11"),
            f"terms-{number}-last_day": str(term.last_day),
        }
    answer = client.post(f"/admin/accounts/school/{school.pk}/change/", form)
    assert answer.status_code == 302, answer.content.decode()


def test_each_school_has_the_sessions_that_its_classes_are_in(tmp_path: Path) -> None:
    roster = with_year()
    roster.orgs.append({"sourcedId": "s2", "name": "Far School", "type": "school"})
    roster.add_session("y2", "schoolYear", "26/27", "2026-09-01", "2027-07-02")
    roster.add_session("m", "semester", "Michaelmas", "2026-09-01", "2026-12-12", "y2")
    roster.classes[0]["termSourcedIds"] = "q1"
    roster.add_class("c2", "Far room", schoolSourcedId="s2", termSourcedIds="m")
    run(roster.write(tmp_path / "set"))
    assert list(terms()) == ["Autumn, 2026/27", "Spring, 2026/27"]
    assert list(terms("Far School")) == ["Michaelmas, 26/27"]


def test_where_no_class_names_a_session_all_are_of_the_school(tmp_path: Path) -> None:
    roster = with_year()
    roster.classes[0]["termSourcedIds"] = ""
    run(roster.write(tmp_path / "set"))
    assert list(terms()) == ["Autumn, 2026/27", "Spring, 2026/27"]


def test_term_within_a_term_is_a_part_of_it(tmp_path: Path) -> None:
    roster = with_year()
    for row in roster.sessions[1:]:
        row["type"] = "term"
    run(roster.write(tmp_path / "set"))
    assert list(terms()) == ["Autumn, 2026/27", "Spring, 2026/27"]


def test_sessions_that_name_none_above_them_are_of_the_year_they_say(tmp_path: Path) -> None:
    roster = with_year()
    for row in roster.sessions:
        row["parentSourcedId"] = ""
    roster.add_session("z", "term", "Old", "2025-08-10", "2025-12-19", schoolYear="2026")
    run(roster.write(tmp_path / "set"))
    assert list(terms()) == ["Autumn, 2026/27", "Spring, 2026/27"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"startDate": "2026-12-01"}, "where Spring begins, Autumn is not over then."),
        ({"title": "Autumn"}, "Autumn is there twice in 2026/27."),
    ],
)
def test_terms_that_no_calendar_could_have_are_not_taken_and_stop_nothing(
    tmp_path: Path, change: dict[str, str], why: str
) -> None:
    roster = with_year()
    roster.sessions[2] |= change
    said = run(roster.write(tmp_path / "set"))
    assert f"note: Hill School gets no terms from the roster: {why}" in said
    assert not Term.objects.exists()
    assert User.objects.filter(source_id="p1").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"endDate": "19.12.2026"}, "academicSessions.csv:3: endDate: “19.12.2026” is no day like"),
        ({"parentSourcedId": "a", "title": ""}, "academicSessions.csv:3: title: it is empty"),
        ({"endDate": "2026-08-10"}, "academicSessions.csv:3: endDate: it is not after startDate"),
    ],
)
def test_day_that_is_none_is_a_fault(tmp_path: Path, change: dict[str, str], said: str) -> None:
    roster = with_year()
    roster.sessions[1] |= change
    assert said in refused(roster.write(tmp_path / "set"))
