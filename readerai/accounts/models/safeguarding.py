from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F

from .school import School
from .user import Role, User


class SafeguardingPolicy(models.Model):
    """How a school tells its grown-ups of a child in trouble. A school without a row has the
    defaults. Teachers of the child's classes are always told at once."""

    school = models.OneToOneField(
        School, on_delete=models.CASCADE, primary_key=True, related_name="safeguarding"
    )
    repeat_minutes = models.PositiveSmallIntegerField(
        "minutes to the first reminder",
        default=60,
        help_text="While nobody has seen a concern its mail is sent again, after this time and then"
        " after twice as long each time, up to once a day. 0: no reminders.",
    )
    escalate_minutes = models.PositiveSmallIntegerField(
        "minutes to the second contacts",
        default=30,
        help_text="If nobody has seen a concern by then, second contacts are told, too.",
    )

    class Meta:
        verbose_name = "safeguarding"
        verbose_name_plural = "safeguarding"
        ordering: ClassVar[list[str]] = ["school"]

    def __str__(self) -> str:
        return str(self.school)


class ContactQuerySet(models.QuerySet["SafeguardingContact"]):
    def acting(self) -> Self:
        """Those who still work at the school that named them."""
        return self.filter(
            user__is_active=True,
            user__role__in=[Role.TEACHER, Role.STAFF],
            user__school=F("policy__school"),
        )


class SafeguardingContact(models.Model):
    """A teacher or member of staff to whom every concern of a school goes, whosever class it is."""

    class Order(models.IntegerChoices):
        FIRST = 1, "first contact: told at once"
        SECOND = 2, "second contact: told if nobody has seen it in time"

    policy = models.ForeignKey(
        SafeguardingPolicy, on_delete=models.CASCADE, related_name="contacts"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="safeguarding_contacts")
    order = models.PositiveSmallIntegerField("told", choices=Order, default=Order.FIRST)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "contact"
        ordering: ClassVar[list[str]] = ["policy", "order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="contact_once_per_school", fields=["policy", "user"])
        ]

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.username
