"""New rows, written without what the ORM does around it (signals, a row read back, a statement
compiled anew each time): a message writes one or two, and that was most of what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from django.db import connection, models, transaction

#: PostgreSQL takes 65,535 parameters in a statement, SQLite 32,766.
MOST_AT_ONCE: Final = 1000


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, whole as they are: nothing is filled in but a number that the
    database counts. Raises what the database raises."""
    for start in range(0, len(rows), MOST_AT_ONCE):
        some = rows[start : start + MOST_AT_ONCE]
        _execute(_insertion(type(some[0]), len(some)), some)


def insert_together(*rows: models.Model) -> None:
    """Insert rows of different models, all or none. On PostgreSQL it is one statement, whose
    references to one another are checked at its end."""
    if connection.vendor == "postgresql":
        *first, last = (_insertion(type(row), 1) for row in rows)
        named = ", ".join(f"i{at} AS ({statement})" for at, statement in enumerate(first))
        _execute(f"WITH {named} {last}" if named else last, rows)
        return
    with transaction.atomic():
        for row in rows:
            insert([row])


def put(row: models.Model) -> None:
    """Insert a row, or overwrite the one with its primary key."""
    key = row._meta.pk
    others = [field for field in _fields(type(row)) if field is not key]
    overwritten = ", ".join(f"{_name(field)} = excluded.{_name(field)}" for field in others)
    statement = _insertion(type(row), 1)
    _execute(f"{statement} ON CONFLICT ({_name(key)}) DO UPDATE SET {overwritten}", [row])


def _execute(statement: str, rows: Sequence[models.Model]) -> None:
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for row in rows
        for field in _fields(type(row))
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@cache
def _fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    counted = (models.AutoField, models.BigAutoField)
    return tuple(field for field in model._meta.concrete_fields if not isinstance(field, counted))


def _name(field: models.Field[Any, Any]) -> str:
    return connection.ops.quote_name(str(field.column))


@cache
def _insertion(model: type[models.Model], count: int) -> str:
    columns = ", ".join(map(_name, _fields(model)))
    row = ", ".join(["%s"] * len(_fields(model)))
    table = connection.ops.quote_name(model._meta.db_table)
    places = ", ".join([f"({row})"] * count)
    return f"INSERT INTO {table} ({columns}) VALUES {places}"  # noqa: S608 - names only
