"""Who somebody in a roster is here, who leaves, and who comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from readerai.accounts.login.sign_ins import issue_token
from readerai.accounts.models import Classroom, Enrolment, School, SignIn, Student, User

from ..people import make_student
from .imports import in_class, refused, run
from .oneroster_files import OneRoster

pytestmark = pytest.mark.django_db


def test_whoever_is_missing_is_deactivated_and_signed_out(tmp_path: Path) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    bob = Student.objects.get(display_name="Bob Cole")
    issue_token(bob.user)
    roster.remove_user("p2")
    said = run(roster.write(tmp_path / "set"))
    assert "1  people deactivated" in said
    bob.user.refresh_from_db()
    assert not bob.user.is_active
    assert not SignIn.objects.live().exists()
    assert SignIn.objects.get().ended_at is not None
    assert in_class("Room 12") == {"Alice Baker"}
    assert bob.enrolments.get().ended_on is not None


@pytest.mark.parametrize("change", [{"enabledUser": "false"}, {"status": "tobedeleted"}])
def test_user_marked_as_gone_is_as_good_as_missing(tmp_path: Path, change: dict[str, str]) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    roster.users[-1] |= change
    roster.enrollments[-1] |= {"status": "tobedeleted"}
    run(roster.write(tmp_path / "set"))
    assert not User.objects.get(username="user-p2").is_active


def test_whoever_comes_back_is_the_same_person_again(tmp_path: Path) -> None:
    full, without = OneRoster(), OneRoster()
    without.remove_user("p2")
    run(full.write(tmp_path / "full"))
    bob = Student.objects.get(display_name="Bob Cole")
    run(without.write(tmp_path / "without"))
    assert "1  people who return" in run(tmp_path / "full")
    bob.user.refresh_from_db()
    assert bob.user.is_active
    assert in_class("Room 12") == {"Alice Baker", "Bob Cole"}
    assert "nothing to change" in run(tmp_path / "full")


def test_account_disabled_by_hand_stays_disabled(tmp_path: Path) -> None:
    folder = OneRoster().write(tmp_path / "set")
    run(folder)
    User.objects.filter(username="user-p1").update(is_active=False)
    assert "nothing to change" in run(folder)
    assert not User.objects.get(username="user-p1").is_active


def test_people_and_classes_made_by_hand_are_left_alone(tmp_path: Path) -> None:
    folder = OneRoster().write(tmp_path / "set")
    run(folder)
    school = School.objects.get()
    hand = Classroom.objects.create(school=school, slug="hand", name="By hand", code="HAND")
    guest = make_student("guest", hand)
    Enrolment.objects.create(
        student=Student.objects.get(display_name="Alice Baker"), classroom=hand
    )
    assert "nothing to change" in run(folder)
    guest.user.refresh_from_db()
    assert guest.user.is_active
    assert in_class("By hand") == {"Guest", "Alice Baker"}


def test_account_made_by_hand_is_found_by_its_username(tmp_path: Path) -> None:
    school = School.objects.create(slug="hill", name="Hill School")
    hand = Classroom.objects.create(school=school, slug="hand", name="By hand", code="HAND")
    alice = make_student("user-p1", hand)
    run(OneRoster().write(tmp_path / "set"))
    alice.refresh_from_db()
    assert alice.user.source_id == "p1"
    assert School.objects.get().source_id == "s1"
    assert "nothing to change" in run(tmp_path / "set")


def test_username_given_to_another_child_does_not_hand_over_the_reading(tmp_path: Path) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    roster.remove_user("p2")
    roster.add_user("p9", "student", "Benno", "New", username="user-p2")
    said = refused(roster.write(tmp_path / "set"))
    assert "users.csv:4: username: it belongs to somebody else already" in said
    assert Student.objects.filter(display_name="Bob Cole", user__is_active=True).exists()


def test_child_who_changes_school_stays_the_same_child(tmp_path: Path) -> None:
    roster = OneRoster()
    roster.orgs.append({"sourcedId": "s2", "name": "Lake School", "type": "school"})
    run(roster.write(tmp_path / "set"))
    alice = Student.objects.get(display_name="Alice Baker")
    roster.users[1]["orgSourcedIds"] = "s2"
    run(roster.write(tmp_path / "set"))
    alice.user.refresh_from_db()
    assert alice.user.school is not None
    assert alice.user.school.name == "Lake School"
    assert Student.objects.count() == 2


def test_nickname_given_by_hand_stays_until_the_roster_has_another_name(tmp_path: Path) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    Student.objects.filter(display_name="Alice Baker").update(display_name="Ali", reading_level=5)
    assert "nothing to change" in run(tmp_path / "set")
    roster.users[1]["familyName"] = "Baker-Lund"
    run(roster.write(tmp_path / "set"))
    alice = Student.objects.get(user__username="user-p1")
    assert (alice.display_name, alice.reading_level) == ("Alice Baker-Lund", 5)


def test_role_in_a_roster_never_makes_staff_of_an_account(tmp_path: Path) -> None:
    User.objects.create_superuser("user-t1", password="a-kettle-and-a-map")
    said = refused(OneRoster().write(tmp_path / "set"))
    assert "users.csv:2: username: it belongs to somebody else already" in said
    assert User.objects.get(username="user-t1").source_id == ""
