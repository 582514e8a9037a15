"""Only domain modules write: pages, APIs and the admin's actions call them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools.sizes import CODE, ROOT, files

#: Modules and folders that show something to somebody, by the house's names for them.
VIEWS = {"pages", "api", "admin", "consumer", "viewer"}
WRITES = {
    "acreate", "asave", "adelete", "bulk_create", "bulk_update", "create", "delete",
    "get_or_create", "save", "select_for_update", "update_or_create",
}  # fmt: skip


def is_view(path: Path) -> bool:
    return bool(VIEWS & {*path.with_suffix("").parts})


def writes(source: str) -> list[int]:
    """The lines of a module's text on which it writes to the database through the ORM."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node)
    ]


def _is_write(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    receiver = call.func.value
    if isinstance(receiver, ast.Call) and getattr(receiver.func, "id", "") == "super":
        return False  # Django's own admin, form or formset does what it is there for
    if call.func.attr == "update":
        return not call.args  # a dict's takes a dict, a queryset's only columns by name
    return call.func.attr in WRITES


def test_views_write_nothing_by_themselves() -> None:
    writing = {
        str(path.relative_to(ROOT)): lines
        for path in files(ROOT, CODE, ".py")
        if is_view(path.relative_to(ROOT)) and (lines := writes(path.read_text(encoding="utf-8")))
    }
    assert writing == {}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("Student.objects.create(name='a')", [1]),
        ("x = 1\nstudent.save(update_fields=['a'])", [2]),
        ("Badge.objects.filter(pk=1).update(revoked_at=None)", [1]),
        ("Badge.objects.filter(pk=1).delete()", [1]),
        ("with a:\n  Student.objects.select_for_update().get()", [2]),
        ("context.update({'a': 1})", []),
        ("super().save(commit)", []),
        ("save_group(group, name, members)", []),
        ("Student.objects.filter(pk=1).first()", []),
    ],
)
def test_what_counts_as_writing(source: str, lines: list[int]) -> None:
    assert writes(source) == lines
