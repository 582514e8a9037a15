from django.db import models


class ConcernSeverity(models.TextChoices):
    """How soon a grown-up should look at what a child typed. The severity is clear, so that it can
    be asked for; what it is about is sealed with the child's words."""

    NONE = "none"
    LOW = "low", "When somebody has time"
    MILD = "mild", "The same day"
    GRAVE = "grave", "At once"
