from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from .school import School
from .student import Student
from .user import User


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    def visible_to(self, user: User) -> Self:
        """The running classes that ``user`` teaches. Nobody else sees a class."""
        if not user.is_active or not user.is_teacher:
            return self.none()
        return self.filter(teachers=user, is_active=True)


class Classroom(models.Model):
    """A class (``classId`` on the wire is ``slug``). Children sign in by ``code``."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="classrooms")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    code = models.CharField("class code", max_length=12, unique=True)
    source_id = models.CharField("roster id", max_length=255, blank=True)
    school_year = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    teachers = models.ManyToManyField(User, related_name="classrooms", blank=True)

    objects = ClassroomQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "slug"]
        verbose_name_plural = "classrooms"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="classroom_source_id_once_per_school",
                fields=["school", "source_id"],
                condition=~models.Q(source_id=""),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Enrolment(models.Model):
    """A student in a class. ``ended_on`` empty means now; a leaver's row stays, dated."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="enrolments")
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="enrolments")
    started_on = models.DateField(auto_now_add=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="enrolment_once_at_a_time",
                fields=["student", "classroom"],
                condition=models.Q(ended_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.student_id} in {self.classroom_id}"


class ClassGroup(models.Model):
    """Some of a class's students, for reading lists."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=80)
    students = models.ManyToManyField(Student, related_name="groups", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="group_name_once", fields=["classroom", "name"])
        ]

    def __str__(self) -> str:
        return self.name
