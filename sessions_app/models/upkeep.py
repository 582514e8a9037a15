from django.db import models


class Upkeep(models.Model):
    """When the worker last did a piece of its work, for whoever watches that it does."""

    work = models.CharField(max_length=20, primary_key=True)
    done_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.work
