"""Reading one row."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def one_or_none(rows: models.QuerySet[M]) -> M | None:
    """The row of a query that has one at most: without the order that ``first`` asks for, which
    is a good part of what Django does for it."""
    return next(iter(rows.order_by()), None)
