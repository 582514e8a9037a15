from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models

from .user import Role, User


class StudentQuerySet(models.QuerySet["Student"]):
    def visible_to(self, user: User) -> Self:
        """The students whose reading ``user`` may see: oneself, or one's own classes'."""
        if not user.is_active:
            return self.none()
        if user.role == Role.STUDENT:
            return self.filter(user=user)
        if user.role == Role.TEACHER:
            return self.filter(
                pk__in=Student.objects.filter(
                    enrolments__ended_on=None,
                    enrolments__classroom__is_active=True,
                    enrolments__classroom__teachers=user,
                ).values("pk")
            )
        return self.all() if user.is_staff_role else self.none()


class Student(models.Model):
    """A child who reads. ``slug`` is the public id (``studentId`` on the wire).

    ``reading_level`` is a school grade, 0 for kindergarten. ``picture_password`` is a
    salted hash of three picture names in order; empty where none was chosen. ``pseudonym`` is
    who they are to systems that must not know who they are: random, and gone with this row.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="student")
    slug = models.SlugField(unique=True)
    display_name = models.CharField(max_length=80)
    reading_level = models.PositiveSmallIntegerField(default=2, validators=[MaxValueValidator(12)])
    preferences: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    face = models.CharField("picture beside the name", max_length=20, blank=True)
    model_allowed = models.BooleanField(
        "questions may go to a language model",
        default=True,
        help_text="Without a guardian's consent: no. Then the offline tutor answers.",
    )
    picture_password = models.CharField(max_length=128, blank=True, editable=False)
    pseudonym = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = StudentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["display_name", "slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="student_reading_level_is_a_grade",
                condition=models.Q(reading_level__lte=12),
            )
        ]

    def __str__(self) -> str:
        return self.slug
