"""Old servers work on while the tables of a new version are made: migrations only add."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

APPS = {"accounts", "library", "sessions_app", "teachers"}
TAKES_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.DeleteModel,
    migrations.AlterModelTable,
)


def breaks_old_servers(operation: Any) -> bool:
    """Whether code that does not know of `operation` fails after it."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return any(map(breaks_old_servers, operation.database_operations))
    if isinstance(operation, TAKES_AWAY):
        return True
    if isinstance(operation, migrations.AddField):
        return not _old_inserts_do(operation.field)
    # Columns that change may come to refuse what old servers write; that takes two versions.
    return isinstance(operation, migrations.AlterField) and not operation.field.null


def _old_inserts_do(field: models.Field[Any, Any]) -> bool:
    """Whether a row may be inserted by code that does not know the column."""
    return field.many_to_many or field.null or field.has_db_default()


def test_every_migration_after_the_first_leaves_old_servers_working() -> None:
    loader = MigrationLoader(None)
    found = [
        f"{app} {name}: {type(operation).__name__}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in APPS and not migration.initial
        for operation in migration.operations
        if breaks_old_servers(operation)
    ]
    assert not found


@pytest.mark.parametrize(
    ("operation", "breaks"),
    [
        (migrations.RemoveField("session", "owner"), True),
        (migrations.RenameField("session", "owner", "holder"), True),
        (migrations.AddField("session", "mood", models.CharField(max_length=9)), True),
        (migrations.AddField("session", "mood", models.CharField(max_length=9, default="")), True),
        (migrations.AddField("session", "mood", models.CharField(max_length=9, null=True)), False),
        (migrations.AddField("session", "mood", models.IntegerField(db_default=0)), False),
        (migrations.AlterField("session", "owner", models.IntegerField()), True),
        (migrations.AddIndex("session", models.Index(name="by_owner", fields=["owner"])), False),
    ],
)
def test_what_breaks_old_servers_is_known(operation: Any, breaks: bool) -> None:
    assert breaks_old_servers(operation) is breaks
