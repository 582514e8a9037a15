"""Who reads what, and what they asked."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models


def stock_session_id() -> str:
    """An address that cannot be guessed."""
    return secrets.token_hex(16)


class StockChild(models.Model):
    slug = models.SlugField(unique=True)
    token = models.CharField(max_length=64, unique=True)

    objects: ClassVar[models.Manager[StockChild]]

    class Meta:
        app_label = "stock"

    def __str__(self) -> str:
        return self.slug


class StockReading(models.Model):
    id = models.CharField(max_length=40, primary_key=True, default=stock_session_id)
    child = models.ForeignKey(StockChild, on_delete=models.CASCADE)
    book = models.SlugField()
    word_index = models.PositiveIntegerField()
    furthest_word_index = models.PositiveIntegerField()
    total_reading_time = models.FloatField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    last_active_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[StockReading]]

    class Meta:
        app_label = "stock"

    def __str__(self) -> str:
        return self.id


class StockQuestion(models.Model):
    reading = models.ForeignKey(StockReading, on_delete=models.CASCADE)
    text = models.TextField()
    word_index = models.PositiveIntegerField()
    answer = models.TextField(default="")
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[StockQuestion]]

    class Meta:
        app_label = "stock"

    def __str__(self) -> str:
        return self.text
