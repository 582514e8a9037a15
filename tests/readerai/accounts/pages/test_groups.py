"""Groups within a class are made, changed and deleted, or refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from readerai.accounts.models import ClassGroup, Classroom, Enrolment, Student
from readerai.accounts.pages.group_form import GroupForm

HERE = "/teachers/classes/room-12"


def filled(form: GroupForm) -> tuple[str | None, list[str]]:
    """The name and the children that stand in a form."""
    return form["name"].value(), form["students"].value()


def test_group_is_made_changed_and_taken_away(
    teacher: Client, alice: Student, bob: Student
) -> None:
    teacher.post(f"{HERE}/groups", {"name": "  Blue   owls ", "students": ["alice", "bob"]})
    group = ClassGroup.objects.get()
    assert group.name == "Blue owls"
    assert set(group.students.all()) == {alice, bob}
    teacher.post(f"{HERE}/groups/{group.pk}", {"name": "Owls", "students": ["bob"]})
    group.refresh_from_db()
    assert (group.name, list(group.students.all())) == ("Owls", [bob])
    teacher.post(f"{HERE}/groups/{group.pk}", {"delete": "1"})
    assert not ClassGroup.objects.exists()
    assert Enrolment.objects.filter(ended_on=None).count() == 2


def test_refused_group_stands_in_its_form_as_it_was_sent(
    teacher: Client, alice: Student, bob: Student, room: Classroom
) -> None:
    foxes = ClassGroup.objects.create(classroom=room, name="Foxes")
    owls = ClassGroup.objects.create(classroom=room, name="Owls")
    owls.students.add(bob)
    sent = {"name": "Foxes", "students": ["alice"]}
    anew, changed = (
        teacher.post(address, sent) for address in (f"{HERE}/groups", f"{HERE}/groups/{owls.pk}")
    )
    assert filled(anew.context["new"]) == ("Foxes", ["alice"])
    forms = {group.pk: filled(form) for group, _, form in changed.context["groups"]}
    assert forms == {owls.pk: ("Foxes", ["alice"]), foxes.pk: ("Foxes", [])}
    assert filled(changed.context["new"]) == (None, [])
    assert "<strong>Owls</strong>" in changed.content.decode()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "", "students": ["alice"]}, "needs a name"),
        ({"name": "x" * 81}, "needs a name"),
        ({"name": "a\0b"}, "needs a name"),
        ({"name": "Owls"}, "of that name already"),
        ({"name": "New", "students": ["dora"]}, "not in this class"),
    ],
)
def test_group_that_cannot_be_is_refused_in_words(
    teacher: Client, alice: Student, dora: Student, room: Classroom, form: Any, said: str
) -> None:
    ClassGroup.objects.create(classroom=room, name="Owls")
    answer = teacher.post(f"{HERE}/groups", form)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert ClassGroup.objects.count() == 1


def test_group_of_another_class_is_not_there(
    teacher: Client, alice: Student, dora: Student
) -> None:
    foreign = ClassGroup.objects.create(
        classroom=Classroom.objects.get(slug="room-14"), name="Theirs"
    )
    for number in (foreign.pk, 0, 10**30):
        answer = teacher.post(f"{HERE}/groups/{number}", {"delete": "1"})
        assert answer.status_code == 404
    assert ClassGroup.objects.exists()
