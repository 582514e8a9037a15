"""Reading lists: who is recommended what, and which lists cannot be."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from library.models import Book, ReadingList, ReadingListBook
from library.reading_lists import (
    LONGEST_NOTE,
    LONGEST_TITLE,
    MOST_BOOKS,
    MOST_LISTS,
    ListGone,
    ListRefused,
    Wanted,
    change_list,
    make_list,
    recommended_to,
    remove_list,
)
from readerai.accounts.models import ClassGroup, Classroom, Enrolment, Role, School, Student, User
from tests.library.books import make_book
from tests.readerai.accounts.people import make_class, make_student, make_user


@pytest.fixture
def teacher(school: School) -> User:
    return make_user("ms-rivera", Role.TEACHER, school)


@pytest.fixture
def room(school: School, teacher: User) -> Classroom:
    return make_class("room-12", teacher=teacher, school=school)


@pytest.fixture
def mina(room: Classroom) -> Student:
    return make_student("mina", room)


@pytest.fixture
def omar(room: Classroom) -> Student:
    return make_student("omar", room)


@pytest.fixture
def lamp(db: None) -> Book:
    return make_book("A lamp.", slug="the-lamp", title="The Lamp")


def recommend(
    room: Classroom,
    *books: Book,
    title: str = "For the rain",
    note: str = "",
    finish_by: dt.date | None = None,
    audience: ClassGroup | Student | None = None,
) -> ReadingList:
    [teacher] = room.teachers.all()
    wanted = Wanted(title, books, note, finish_by, audience)
    return make_list(classroom=room, made_by=teacher, wanted=wanted)


def titles(student: Student) -> list[str]:
    return [each.title for each in recommended_to(student)]


def test_list_for_the_class_reaches_its_children_with_all_that_was_written(
    room: Classroom, mina: Student, omar: Student, book: Book, lamp: Book
) -> None:
    day = dt.date(2031, 4, 9)
    recommend(room, lamp, book, note="Take your time.\nOr read it to somebody.", finish_by=day)
    for child in (mina, omar):
        [found] = recommended_to(child)
        assert found.title == "For the rain"
        assert found.note == "Take your time.\nOr read it to somebody."
        assert found.finish_by == day
        assert found.books == (lamp, book)


def test_list_for_a_group_reaches_only_the_group(
    room: Classroom, mina: Student, omar: Student, book: Book
) -> None:
    group = ClassGroup.objects.create(classroom=room, name="Foxes")
    group.students.add(mina)
    recommend(room, book, audience=group)
    assert (len(recommended_to(mina)), recommended_to(omar)) == (1, [])
    group.students.set([omar])
    assert (recommended_to(mina), len(recommended_to(omar))) == ([], 1)


def test_list_for_one_child_reaches_only_that_child(
    room: Classroom, mina: Student, omar: Student, book: Book
) -> None:
    recommend(room, book, audience=omar)
    assert (recommended_to(mina), len(recommended_to(omar))) == ([], 1)


def test_list_of_another_class_does_not_reach(
    room: Classroom, mina: Student, book: Book, school: School
) -> None:
    other = make_class("room-14", teacher=make_user("mr-okafor", Role.TEACHER), school=school)
    recommend(other, book)
    assert recommended_to(mina) == []


@pytest.mark.parametrize("audience", ["class", "group", "student"])
def test_child_who_left_the_class_is_recommended_nothing(
    room: Classroom, mina: Student, book: Book, audience: str
) -> None:
    group = ClassGroup.objects.create(classroom=room, name="Foxes")
    group.students.add(mina)
    recommend(room, book, audience={"class": None, "group": group, "student": mina}[audience])
    assert len(recommended_to(mina)) == 1
    Enrolment.objects.filter(student=mina).update(ended_on=timezone.localdate())
    assert recommended_to(mina) == []


def test_child_who_came_back_is_recommended_a_list_once(
    room: Classroom, mina: Student, book: Book
) -> None:
    recommend(room, book)
    Enrolment.objects.filter(student=mina).update(ended_on=timezone.localdate())
    Enrolment.objects.create(student=mina, classroom=room)
    assert titles(mina) == ["For the rain"]


def test_class_that_ended_recommends_nothing(room: Classroom, mina: Student, book: Book) -> None:
    recommend(room, book)
    room.is_active = False
    room.save()
    assert recommended_to(mina) == []


def test_what_is_wanted_soonest_comes_first_and_then_the_newest(
    room: Classroom, mina: Student, book: Book
) -> None:
    recommend(room, book, title="Older, some day")
    recommend(room, book, title="Later", finish_by=dt.date(2031, 5, 1))
    recommend(room, book, title="Sooner", finish_by=dt.date(2031, 4, 1))
    recommend(room, book, title="Newer, some day")
    assert titles(mina) == ["Sooner", "Later", "Newer, some day", "Older, some day"]


def test_deleted_book_is_no_longer_recommended_and_the_others_keep_their_order(
    room: Classroom, mina: Student, book: Book, lamp: Book
) -> None:
    last = make_book("The end.", slug="last", title="Last")
    recommend(room, last, lamp, book)
    lamp.delete()
    assert [each.books for each in recommended_to(mina)] == [(last, book)]


def test_list_without_books_is_not_shown_to_a_child(
    room: Classroom, mina: Student, book: Book
) -> None:
    made = recommend(room, book)
    book.delete()
    assert recommended_to(mina) == []
    assert ReadingList.objects.filter(pk=made.pk).exists()


def test_book_that_a_child_may_not_read_is_not_recommended_to_them(
    room: Classroom, mina: Student, book: Book, lamp: Book
) -> None:
    recommend(room, lamp, book)
    lamp.school = School.objects.create(slug="lake", name="Lake School")
    lamp.save()
    assert [each.books for each in recommended_to(mina)] == [(book,)]


def test_list_whose_group_is_gone_reaches_nobody_instead_of_everybody(
    room: Classroom, mina: Student, book: Book
) -> None:
    group = ClassGroup.objects.create(classroom=room, name="Foxes")
    group.students.add(mina)
    made = recommend(room, book, audience=group)
    group.delete()
    assert recommended_to(mina) == []
    assert ReadingList.objects.get(pk=made.pk).audience == ReadingList.Audience.GROUP


def test_list_for_a_child_goes_with_the_child(
    room: Classroom, mina: Student, omar: Student, book: Book
) -> None:
    recommend(room, book, audience=mina, title="For Mina")
    recommend(room, book, title="For all")
    mina.user.delete()
    assert titles(omar) == ["For all"]
    assert [each.title for each in ReadingList.objects.all()] == ["For all"]


def test_list_stays_when_the_account_that_made_it_is_gone(
    room: Classroom, mina: Student, book: Book, teacher: User
) -> None:
    recommend(room, book)
    teacher.delete()
    assert titles(mina) == ["For the rain"]


def test_recommendations_take_the_same_queries_for_one_and_for_thirty(
    room: Classroom, mina: Student
) -> None:
    counts = []
    for first, count in ((0, 1), (1, 29)):
        for number in range(first, first + count):
            books = [make_book(slug=f"b-{number}-{each}") for each in range(2)]
            recommend(room, *books)
        with CaptureQueriesContext(connection) as queries:
            assert len(recommended_to(mina)) == first + count
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("title", ["", "  \n ", "x" * (LONGEST_TITLE + 1), "a\x00b"])
def test_list_without_a_fit_title_is_refused(room: Classroom, book: Book, title: str) -> None:
    with pytest.raises(ListRefused, match="title"):
        recommend(room, book, title=title)
    assert not ReadingList.objects.exists()


@pytest.mark.parametrize("note", ["x" * (LONGEST_NOTE + 1), "a\x00b"])
def test_note_that_is_too_long_or_not_text_is_refused(
    room: Classroom, book: Book, note: str
) -> None:
    with pytest.raises(ListRefused, match="note"):
        recommend(room, book, note=note)


def test_list_of_no_book_is_refused(room: Classroom) -> None:
    with pytest.raises(ListRefused, match="at least one book"):
        recommend(room)


def test_list_of_too_many_books_is_refused(room: Classroom) -> None:
    books = [make_book(slug=f"b-{number}") for number in range(MOST_BOOKS + 1)]
    with pytest.raises(ListRefused, match="at most"):
        recommend(room, *books)
    recommend(room, *books[1:])


def test_book_that_is_chosen_twice_is_in_the_list_once(
    room: Classroom, mina: Student, book: Book, lamp: Book
) -> None:
    recommend(room, lamp, book, lamp)
    assert [each.books for each in recommended_to(mina)] == [(lamp, book)]


def test_book_of_another_school_is_refused(room: Classroom) -> None:
    far = make_book(slug="far", school=School.objects.create(slug="lake", name="Lake School"))
    with pytest.raises(ListRefused, match="shelf"):
        recommend(room, far)


def test_group_of_another_class_is_refused(room: Classroom, book: Book, school: School) -> None:
    group = ClassGroup.objects.create(classroom=make_class("room-14", school=school), name="Foxes")
    with pytest.raises(ListRefused, match="group"):
        recommend(room, book, audience=group)


def test_child_who_is_not_in_the_class_is_refused(room: Classroom, book: Book) -> None:
    with pytest.raises(ListRefused, match="child"):
        recommend(room, book, audience=make_student("dora"))


def test_one_list_more_than_a_class_may_have_is_refused(room: Classroom, book: Book) -> None:
    made = [recommend(room, book, title=str(number)) for number in range(MOST_LISTS)]
    with pytest.raises(ListRefused, match="Remove"):
        recommend(room, book)
    remove_list(reading_list=made[0])
    recommend(room, book)


def test_changed_list_is_all_that_it_is_changed_to(
    room: Classroom, mina: Student, omar: Student, book: Book, lamp: Book
) -> None:
    made = recommend(room, book, note="Old", finish_by=dt.date(2031, 4, 9), audience=omar)
    change_list(reading_list=made, wanted=Wanted(title="New", books=[lamp, book]))
    for child in (mina, omar):
        [found] = recommended_to(child)
        assert (found.title, found.note, found.finish_by) == ("New", "", None)
        assert found.books == (lamp, book)


def test_refused_change_changes_nothing(
    room: Classroom, mina: Student, book: Book, lamp: Book
) -> None:
    made = recommend(room, book)
    far = make_student("dora")
    for wanted in (
        Wanted(title="New", books=[]),
        Wanted(title="New", books=[lamp], audience=far),
        Wanted(title="", books=[lamp]),
    ):
        with pytest.raises(ListRefused):
            change_list(reading_list=made, wanted=wanted)
    assert [(each.title, each.books) for each in recommended_to(mina)] == [
        ("For the rain", (book,))
    ]


def test_list_that_is_gone_cannot_be_changed_or_removed(room: Classroom, book: Book) -> None:
    made = recommend(room, book)
    remove_list(reading_list=ReadingList.objects.get(pk=made.pk))
    with pytest.raises(ListGone):
        change_list(reading_list=made, wanted=Wanted(title="New", books=[book]))
    with pytest.raises(ListGone):
        remove_list(reading_list=made)
    assert not ReadingList.objects.exists()
    assert not ReadingListBook.objects.exists()


def test_teacher_sees_the_lists_of_their_own_running_classes(
    room: Classroom, teacher: User, book: Book, school: School
) -> None:
    okafor = make_user("mr-okafor", Role.TEACHER, school)
    made = recommend(room, book)
    assert list(ReadingList.objects.visible_to(teacher)) == [made]
    assert not ReadingList.objects.visible_to(okafor).exists()
    room.teachers.add(okafor)
    assert list(ReadingList.objects.visible_to(okafor)) == [made]
    room.is_active = False
    room.save()
    assert not ReadingList.objects.visible_to(teacher).exists()


def test_database_keeps_a_list_from_having_two_audiences(
    room: Classroom, mina: Student, book: Book
) -> None:
    made = recommend(room, book)
    rows = ReadingList.objects.filter(pk=made.pk)
    for wrong in ({"student": mina}, {"audience": "student"}, {"audience": "nobody"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
