"""The table of what is sealed and what is clear names every field, and tells the truth."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from django.apps import apps
from django.db.models import BinaryField, Field

from readerai.monitoring import metrics

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/privacy.md"
ROW = re.compile(r"^\| `(\w+)` \| `(\w+)` \| (sealed|clear) \| (.+) \|$", re.MULTILINE)
#: Binary and clear: check sums.
CHECK_SUMS = {"log_head", "mac", "head", "forgotten_head", "row_digest"}


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(PAGE.read_text())


def fields() -> dict[tuple[str, str], Field[object, object]]:
    return {
        (model.__name__, field.name): field
        for app in ("sessions_app", "teachers")
        for model in apps.get_app_config(app).get_models()
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
    }


def test_every_field_is_in_the_table_once_and_no_other() -> None:
    named = Counter((table, field) for table, field, _, _ in rows())
    assert named == Counter(fields().keys())


def test_what_is_said_to_be_sealed_is_and_nothing_else() -> None:
    for table, name, kind, why in rows():
        field = fields()[table, name]
        sealed = isinstance(field, BinaryField) and name not in CHECK_SUMS
        assert (kind == "sealed") == sealed, f"{table}.{name}"
        assert len(why) > 3


def test_only_listed_names_are_columns_for_free_text() -> None:
    """A new clear column that takes text has to be thought about."""
    texts = {
        f"{table}.{name}"
        for (table, name), field in fields().items()
        if field.get_internal_type() in {"TextField", "JSONField"}
    }
    assert texts == {"Session.committed_ids", "AccessLogEntry.students", "AccessLogEntry.reason"}


def test_every_metric_is_in_the_reference_and_no_other() -> None:
    page = PAGE.with_name("metrics.md").read_text()
    named = set(re.findall(r"^\| `(readerai_\w+)` \|", page, re.MULTILINE))
    ours = {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in metrics.registry.collect()
    }
    assert named == ours
