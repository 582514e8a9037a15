from django.db import models


class KeyCheck(models.Model):
    """What is known of a master key: ``value`` is a check sum that only this key gives.

    Servers write ``seen_at`` when they are asked whether they are ready, which they are not where
    that cannot be written.
    """

    key_id = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key_id
