"""Sizes mean what they say: what counts as a branch, as a file, as a crowded folder."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools.sizes import MOST_FILES, complexity, crowded_folders, files, functions, measure_tree


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return 1", 1),
        ("if a: pass", 2),
        ("if a: pass\n elif b: pass\n else: pass", 3),
        ("return a and b and c or d", 4),
        ("return [x for x in a if x if y]", 4),
        ("for x in a:\n  while b: pass", 3),
        ("try: pass\n except A: pass\n except B: pass", 3),
        ("match a:\n  case 1: pass\n  case _: pass", 2),
        ("return 1 if a else 2", 2),
        ("def inner():\n  if a: pass", 2),
    ],
)
def test_complexity_of_each_kind_of_branch(body: str, expected: int) -> None:
    assert complexity(ast.parse(f"def f():\n {body}").body[0]) == expected


def test_functions_within_classes_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("class A:\n    def f(self):\n        return 1\n\n    async def g(self): ...\n")
    assert [str(size) for size in functions(path, tmp_path)] == [
        "a.py:2 f: 2 lines, complexity 1",
        "a.py:5 g: 1 lines, complexity 1",
    ]


def test_migrations_are_not_counted(tmp_path: Path) -> None:
    for name in ("teachers/a.py", "teachers/migrations/b.py", "elsewhere/c.py", "manage.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    found = files(tmp_path, ("manage.py", "teachers"), ".py")
    assert [path.name for path in found] == ["manage.py", "a.py"]


@pytest.mark.parametrize(("count", "is_crowded"), [(MOST_FILES, False), (MOST_FILES + 1, True)])
def test_folder_is_crowded_above_the_bound(tmp_path: Path, count: int, is_crowded: bool) -> None:
    (tmp_path / "library").mkdir()
    for name in ("__init__", *range(count)):
        (tmp_path / f"library/{name}.py").write_text("")
    assert crowded_folders(tmp_path) == ({"library/*.py": count} if is_crowded else {})


def test_broken_bounds_are_named(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "manage.py").write_text("x = 1\n" * 50)
    (tmp_path / "tests/a.py").write_text("x = 1\n" * 49)
    assert measure_tree(tmp_path).broken == ["less than 1.0 lines of test to a line of code"]
    (tmp_path / "tests/a.py").write_text("x = 1\n" * 50)
    assert measure_tree(tmp_path).broken == []
    (tmp_path / "manage.py").write_text("def f():\n" + "    x = 1\n" * 45)
    assert measure_tree(tmp_path).broken == ["1 functions are too large"]
