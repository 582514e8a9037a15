"""Staff name whom a school has told of a child in trouble."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.models import Role, SafeguardingContact, SafeguardingPolicy, School
from tests.readerai.accounts.people import make_user

ADD = "/admin/accounts/safeguardingpolicy/add/"


@pytest.fixture
def school(db: None) -> School:
    return School.objects.create(slug="hill", name="Hill School")


@pytest.fixture
def root(school: School) -> Client:
    user = make_user("root", Role.STAFF)
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    client = Client()
    client.force_login(user)
    return client


def form(school: School, user: int) -> dict[str, str]:
    return {
        "school": str(school.pk),
        "repeat_minutes": "60",
        "escalate_minutes": "30",
        "contacts-TOTAL_FORMS": "1",
        "contacts-INITIAL_FORMS": "0",
        "contacts-0-user": str(user),
        "contacts-0-order": "1",
    }


def test_contact_of_the_school_is_named(root: Client, school: School) -> None:
    lead = make_user("ms-lead", Role.STAFF, school)
    lead.email = "lead@hill.example.org"
    lead.save()
    assert root.post(ADD, form(school, lead.pk)).status_code == 302
    assert SafeguardingContact.objects.acting().get().user == lead
    page = root.get("/admin/accounts/safeguardingpolicy/").content.decode()
    assert "ms-lead" in page


@pytest.mark.parametrize(
    ("where", "email", "role", "said"),
    [
        ("lake", "x@lake.example.org", Role.TEACHER, "does not belong to the school"),
        ("", "x@lake.example.org", Role.STAFF, "does not belong to the school"),
        ("hill", "", Role.TEACHER, "has no mail address"),
        ("hill", "x@hill.example.org", Role.STUDENT, "Select a valid choice"),
    ],
)
def test_contact_who_cannot_be_one_is_refused(
    root: Client, school: School, where: str, email: str, role: str, said: str
) -> None:
    schools = {"hill": school, "lake": School.objects.create(slug="lake", name="Lake"), "": None}
    user = make_user("somebody", role, schools[where])
    user.email = email
    user.save()
    answer = root.post(ADD, form(school, user.pk))
    assert said in answer.content.decode()
    assert not SafeguardingPolicy.objects.exists()
