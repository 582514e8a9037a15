from typing import ClassVar

from django.db import models

from readerai.accounts.models import School


class ModelUse(models.Model):
    """What a school's children took of a model on one day: requests, tokens as the model's server
    counted them, and their price in millionths of a US dollar. Nothing tells of a child."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="model_uses")
    day = models.DateField(help_text="By the school's own clock.")
    requests = models.PositiveIntegerField(default=0)
    input_tokens = models.PositiveBigIntegerField(default=0)
    cache_write_tokens = models.PositiveBigIntegerField(default=0)
    cache_read_tokens = models.PositiveBigIntegerField(default=0)
    output_tokens = models.PositiveBigIntegerField(default=0)
    microdollars = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "school"]
        verbose_name = "use of the model"
        verbose_name_plural = "use of the model"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="model_use_once_a_day", fields=["school", "day"])
        ]

    def __str__(self) -> str:
        return f"{self.school_id} on {self.day}"
