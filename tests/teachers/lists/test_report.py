"""A teacher's reading lists: who began and finished, whose they are, what they leave alone."""

from __future__ import annotations

from django.utils import timezone

from readerai.accounts.models import ClassGroup, Enrolment, User
from sessions_app.models import Session
from sessions_app.records.shredding import destroy_keys
from teachers.classes import class_of
from teachers.lists.report import ListReport, report_lists
from tests.sessions_app.acting import finish_book
from tests.sessions_app.cast import Cast, start
from tests.teachers.reading_lists import recommend


def report(cast: Cast) -> ListReport:
    [found] = report_lists(cast.rivera, class_of(cast.rivera, "room-12"))
    return found


def read(found: ListReport) -> dict[str, str]:
    """``{"alice": "-bf"}``: for each book not yet, began or finished."""
    marks = {None: "-", False: "b", True: "f"}
    return {
        row.child.slug: "".join(
            marks[None if cell is None else cell.finished_at is not None] for cell in row.cells
        )
        for row in found.rows
    }


# Who began and who finished


def test_report_says_for_each_child_and_book_what_was_done(cast: Cast) -> None:
    recommend(cast, cast.our_hill, cast.lamp)
    finish_book(cast.alice, cast.lamp)
    start(cast.bob, cast.our_hill)
    finish_book(cast.bob, cast.lamp)
    found = report(cast)
    assert read(found) == {"alice": "-f", "bob": "bf"}
    assert (found.began, found.finished) == (2, 0)
    assert [(sums.began, sums.finished) for sums in found.by_book] == [(1, 0), (2, 2)]
    finish_book(cast.bob, cast.our_hill)
    assert report(cast).finished == 1


def test_book_that_is_read_again_stays_finished_on_its_first_day(cast: Cast) -> None:
    recommend(cast, cast.lamp)
    first = finish_book(cast.alice, cast.lamp)
    first.refresh_from_db()
    start(cast.alice, cast.lamp)
    cell = report(cast).rows[0].cells[0]
    assert cell is not None
    assert (cell.began_at, cell.finished_at) == (first.started_at, first.completed_at)


def test_report_is_about_those_whom_the_list_is_for(cast: Cast) -> None:
    group = ClassGroup.objects.create(classroom=cast.room_12, name="Foxes")
    group.students.add(cast.bob)
    for audience, expected, name in (
        (None, ["alice", "bob"], "the whole class"),
        (group, ["bob"], "Foxes"),
        (cast.alice, ["alice"], "Alice"),
    ):
        made = recommend(cast, cast.lamp, audience=audience)
        found = report(cast)
        assert ([row.child.slug for row in found.rows], found.audience) == (expected, name)
        made.delete()


def test_report_leaves_out_who_left_the_class_and_the_school(cast: Cast) -> None:
    group = ClassGroup.objects.create(classroom=cast.room_12, name="Foxes")
    group.students.add(cast.bob, cast.alice)
    recommend(cast, cast.lamp, audience=group)
    Enrolment.objects.filter(student=cast.bob).update(ended_on=timezone.localdate())
    assert read(report(cast)) == {"alice": "-"}
    User.objects.filter(student=cast.alice).update(is_active=False)
    assert read(report(cast)) == {}


def test_reading_whose_key_was_destroyed_is_not_told(cast: Cast) -> None:
    recommend(cast, cast.lamp)
    session = finish_book(cast.alice, cast.lamp)
    destroy_keys(Session.objects.filter(pk=session.pk))
    assert read(report(cast))["alice"] == "-"


def test_other_books_and_other_classes_do_not_count(cast: Cast) -> None:
    recommend(cast, cast.lamp)
    start(cast.alice, cast.our_hill)
    start(cast.carol, cast.lamp)
    assert read(report(cast)) == {"alice": "-", "bob": "-"}
