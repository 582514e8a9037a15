from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models


class Role(models.TextChoices):
    STUDENT = "student"
    TEACHER = "teacher"
    STAFF = "staff"


class PeopleManager(UserManager["User"]):
    def create_superuser(
        self,
        username: str,
        email: str | None = None,
        password: str | None = None,
        **extra_fields: Any,
    ) -> User:
        """A member of staff who may do everything (``manage.py createsuperuser``)."""
        return super().create_superuser(
            username, email, password, **{"role": Role.STAFF} | extra_fields
        )


class User(AbstractUser):
    """Somebody who signs in. What they may see follows from ``role``, never from a flag alone."""

    role = models.CharField(max_length=10, choices=Role.choices, default=Role.STUDENT)
    school = models.ForeignKey(
        "accounts.School",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
    )
    source_id = models.CharField("roster id", max_length=255, blank=True)
    # Who left a roster comes back with it; who was disabled by hand does not.
    left_roster_on = models.DateField(null=True, blank=True, editable=False)

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta(AbstractUser.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="user_role_known",
                condition=models.Q(role__in=["student", "teacher", "staff"]),
            ),
            models.CheckConstraint(
                name="user_child_is_no_staff",
                condition=~models.Q(role="student") | models.Q(is_staff=False, is_superuser=False),
            ),
            models.UniqueConstraint(
                name="user_source_id_once_per_school",
                fields=["school", "source_id"],
                condition=~models.Q(source_id=""),
            ),
        ]

    @property
    def is_student(self) -> bool:
        return self.role == Role.STUDENT

    @property
    def is_teacher(self) -> bool:
        return self.role == Role.TEACHER

    @property
    def is_staff_role(self) -> bool:
        return self.role == Role.STAFF and self.is_staff
