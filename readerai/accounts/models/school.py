from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models


class School(models.Model):
    """A school, and what it has decided about its children's data.

    ``retention_days`` counts from a session's last activity; when it has passed,
    ``purge_expired`` destroys the session's key and with it the child's words.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    source_id = models.CharField("roster id", max_length=255, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    retention_days = models.PositiveIntegerField(default=400, validators=[MinValueValidator(1)])
    access_log_retention_days = models.PositiveIntegerField(
        "days to keep the access log", default=1100, validators=[MinValueValidator(1)]
    )
    consent_note = models.TextField(blank=True, help_text="How guardians gave their consent.")
    processing_note = models.TextField(blank=True, help_text="The data-processing agreement.")
    model_allowed = models.BooleanField(
        "questions may go to a language model",
        default=True,
        help_text="Without it the offline tutor answers, and nothing leaves this server.",
    )
    model_cents_a_day = models.PositiveIntegerField(
        "budget for the model",
        null=True,
        blank=True,
        help_text="US cents a day; when they are spent the offline tutor answers. Empty: as the"
        " server is set.",
    )
    helpline = models.CharField(
        "person or helpline for children",
        max_length=120,
        blank=True,
        help_text="Whom a child in trouble may call or go to, as in “Ms. Rivera in room 4, or"
        " 116 111”. It is named in what such a child reads.",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name
