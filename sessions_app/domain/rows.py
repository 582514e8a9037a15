"""New rows, inserted without what the ORM does around it (signals, instances read back, a
statement compiled anew each time): a message inserts one or two, and that was most of its cost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from django.db import connection, models

#: PostgreSQL takes 65,535 parameters in a statement.
MOST_AT_ONCE: Final = 1000


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, whole as they are: nothing is filled in but a number that the
    database counts. Raises what the database raises."""
    for start in range(0, len(rows), MOST_AT_ONCE):
        some = rows[start : start + MOST_AT_ONCE]
        fields = _fields(type(some[0]))
        values = [
            field.get_db_prep_save(getattr(row, field.attname), connection)
            for row in some
            for field in fields
        ]
        with connection.cursor() as cursor:
            cursor.execute(_statement(type(some[0]), connection.vendor, len(some)), values)


@cache
def _fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField | models.BigAutoField)
    )


def _statement(model: type[models.Model], vendor: str, count: int) -> str:
    head, row = _parts(model, vendor)
    return head + ", ".join([row] * count)


@cache
def _parts(model: type[models.Model], vendor: str) -> tuple[str, str]:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in _fields(model) if field.column)
    places = ", ".join(["%s"] * len(_fields(model)))
    table = quoted(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ", f"({places})"  # noqa: S608 - names only
