from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Now

from readerai.accounts.models import ClassGroup, Classroom, Student, User

from .book import Book


class ReadingListQuerySet(models.QuerySet["ReadingList"]):
    def visible_to(self, user: User) -> Self:
        """The lists of the running classes that ``user`` teaches."""
        return self.filter(classroom__in=Classroom.objects.visible_to(user))

    def for_child(self, student: Student) -> Self:
        """The lists that speak to ``student`` in the running classes they are in today."""
        now_in = Classroom.objects.filter(
            is_active=True, enrolments__student=student, enrolments__ended_on=None
        )
        groups = ClassGroup.objects.filter(students=student)
        return self.filter(
            models.Q(audience=ReadingList.Audience.CLASS)
            | models.Q(audience=ReadingList.Audience.GROUP, group__in=groups)
            | models.Q(audience=ReadingList.Audience.STUDENT, student=student),
            classroom__in=now_in,
        )


class ReadingList(models.Model):
    """Books that a teacher recommends to a class, a group of it or one child. Beside the
    sessions: it changes none.

    A list whose group was taken away is kept without one and speaks to nobody; one for a
    child goes with the child. ``finish_by`` is a wish, not a lock.
    """

    class Audience(models.TextChoices):
        CLASS = "class"
        GROUP = "group"
        STUDENT = "student"

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="reading_lists")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    group = models.ForeignKey(
        ClassGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="reading_lists"
    )
    student = models.ForeignKey(
        Student, on_delete=models.CASCADE, null=True, blank=True, related_name="reading_lists"
    )
    title = models.CharField(max_length=120)
    note = models.TextField("note for the children", blank=True)
    finish_by = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="reading_lists"
    )
    made_at = models.DateTimeField(db_default=Now())

    objects = ReadingListQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="reading_list_has_one_audience",
                condition=models.Q(audience="class", group=None, student=None)
                | models.Q(audience="group", student=None)
                | models.Q(audience="student", group=None, student__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"reading list {self.pk}"


class ReadingListBook(models.Model):
    """A book's place in a reading list, from 0; where a book was deleted a number is missing."""

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="entries")
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="list_entries")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["reading_list", "place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="list_book_once", fields=["reading_list", "book"]),
            models.UniqueConstraint(name="list_place_once", fields=["reading_list", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.book_id}"
