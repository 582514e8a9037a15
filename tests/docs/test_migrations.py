"""Old servers work on while the tables of a new version are made: migrations only add."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

APPS = {"accounts", "library", "sessions_app", "teachers"}
#: Nothing that an old server reads or writes is refused after these. Others count as breaks.
HARMLESS = (
    migrations.CreateModel,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.RemoveConstraint,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterModelTableComment,
    migrations.RunPython,  # which changes rows, as old servers do
)


def breaks_old_servers(operation: Any, app: str, state: ProjectState) -> bool:
    """Whether code that does not know of `operation` fails after it; `state` is what it knows."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return any(breaks_old_servers(part, app, state) for part in operation.database_operations)
    model = getattr(operation, "model_name", None)
    if isinstance(operation, HARMLESS) or (model and (app, model.lower()) not in state.models):
        return False
    if isinstance(operation, migrations.AddField):
        return not old_inserts_do(operation.field)
    if isinstance(operation, migrations.AlterField):
        return restricts(operation, app, state)
    return True


def old_inserts_do(field: models.Field[Any, Any]) -> bool:
    """Whether a row may be inserted by code that does not know the column."""
    return field.many_to_many or field.null or field.has_db_default()


def restricts(operation: migrations.AlterField, app: str, state: ProjectState) -> bool:
    """Whether the column may come to refuse what old servers write; that takes two versions.

    It does not where the change is no SQL at all (a choice, a validator, a help text), or where
    all that it is in SQL is that the column may hold NULL.
    """
    field = state.models[app, operation.model_name_lower].fields.get(operation.name)
    if field is None:
        return False  # which the same migration added
    field = field.clone()
    field.null = field.null or operation.field.null
    field.default = (
        operation.field.default
    )  # no database knows it, though SQLite would copy a table
    before = state.clone()
    before.alter_field(app, operation.model_name_lower, operation.name, field, True)
    after = before.clone()
    operation.state_forwards(app, after)
    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    operation.database_forwards(app, editor, before, after)
    return bool(editor.collected_sql or editor.deferred_sql)


@pytest.mark.django_db
def test_every_migration_after_the_first_leaves_old_servers_working() -> None:
    loader = MigrationLoader(None)
    broken = [
        f"{app} {name}: {type(operation).__name__}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in APPS and not migration.initial
        for operation in migration.operations
        if breaks_old_servers(operation, app, loader.project_state((app, name), at_end=False))
    ]
    assert not broken


def known_state() -> ProjectState:
    """A session with its owner, a status of two choices and a note, as old servers know it."""
    state = ProjectState()
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("owner", models.IntegerField()),
        ("status", models.CharField(max_length=9, choices=[("a", "a"), ("b", "b")])),
        ("note", models.TextField(null=True)),
    ]
    state.add_model(ModelState("sessions_app", "Session", fields))
    return state


OPERATIONS: list[tuple[Any, bool]] = [
    (migrations.RemoveField("session", "owner"), True),
    (migrations.RenameField("session", "owner", "holder"), True),
    (migrations.RenameModel("Session", "Reading"), True),
    (migrations.DeleteModel("Session"), True),
    (migrations.AlterModelTable("session", "readings"), True),
    (migrations.AlterUniqueTogether("session", {("owner", "status")}), True),
    (migrations.RunSQL("ALTER TABLE session DROP COLUMN owner"), True),
    (
        migrations.AddConstraint(
            "session", models.UniqueConstraint(name="one_owner", fields=["owner"])
        ),
        True,
    ),
    (migrations.CreateModel("Mood", [("id", models.BigAutoField(primary_key=True))]), False),
    (migrations.AddConstraint("mood", models.UniqueConstraint(name="m", fields=["id"])), False),
    (migrations.AddField("session", "mood", models.CharField(max_length=9)), True),
    (migrations.AddField("session", "mood", models.CharField(max_length=9, default="")), True),
    (migrations.AddField("session", "mood", models.CharField(max_length=9, null=True)), False),
    (migrations.AddField("session", "mood", models.IntegerField(db_default=0)), False),
    (migrations.AddField("mood", "word", models.CharField(max_length=9)), False),
    (migrations.AddIndex("session", models.Index(name="by_owner", fields=["owner"])), False),
    (migrations.AlterModelOptions("session", {"ordering": ["id"]}), False),
    (migrations.AlterField("session", "owner", models.BigIntegerField()), True),
    (migrations.AlterField("session", "owner", models.IntegerField(unique=True)), True),
    (migrations.AlterField("session", "owner", models.BigIntegerField(null=True)), True),
    (migrations.AlterField("session", "owner", models.IntegerField(null=True)), False),
    (migrations.AlterField("session", "owner", models.IntegerField(default=1)), False),
    (migrations.AlterField("session", "owner", models.IntegerField(help_text="whose")), False),
    (migrations.AlterField("session", "note", models.TextField(default="")), True),
    (migrations.AlterField("session", "status", models.CharField(max_length=4)), True),
    (
        migrations.AlterField(
            "session",
            "status",
            models.CharField(max_length=9, choices=[("a", "a"), ("b", "b"), ("c", "c")]),
        ),
        False,
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("operation", "breaks"), OPERATIONS)
def test_what_breaks_old_servers_is_known(operation: Any, breaks: bool) -> None:
    assert breaks_old_servers(operation, "sessions_app", known_state()) is breaks


@pytest.mark.django_db
def test_database_part_alone_counts_where_the_two_are_apart() -> None:
    removed = migrations.RemoveField("session", "owner")
    for operations, breaks in (([removed], True), ([], False)):
        apart = migrations.SeparateDatabaseAndState(operations, [removed])
        assert breaks_old_servers(apart, "sessions_app", known_state()) is breaks
