from typing import ClassVar

from django.db import models

from .school import School


class Term(models.Model):
    """A part of a school year, both days in it. A year is the terms that share its name, from
    the first day of the first to the last of the last; days between two terms are in no term.

    ``source_id`` is empty where somebody entered the term; a roster then leaves it alone.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="terms")
    school_year = models.CharField(max_length=20, help_text="As the school says it: 2026/27.")
    name = models.CharField(max_length=60, help_text="As the school says it: Autumn term.")
    first_day = models.DateField()
    last_day = models.DateField()
    source_id = models.CharField(
        "roster id", max_length=255, blank=True, default="", db_default="", editable=False
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["school", "first_day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="term_once_a_year", fields=["school", "school_year", "name"]
            ),
            models.CheckConstraint(
                name="term_ends_after_it_begins",
                condition=models.Q(last_day__gte=models.F("first_day")),
                violation_error_message="A term ends on or after the day on which it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.school_year}"
