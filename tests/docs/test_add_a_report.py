"""`docs/how-to/add-a-report.md`, followed to the letter."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.conf import settings

NAME = "teachers.reports.weekdays"


@pytest.fixture
def blocks() -> Iterator[list[str]]:
    """The Python of the page, in its order."""
    page = (settings.BASE_DIR / "docs" / "how-to" / "add-a-report.md").read_text()
    yield re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    sys.modules.pop(NAME, None)


def run(code: str, name: str) -> ModuleType:
    """The code as a module of that name."""
    module = ModuleType(name)
    module.__package__ = name.rpartition(".")[0]
    sys.modules[name] = module
    exec(compile(code, name, "exec"), vars(module))
    return module


def test_table_of_the_page_passes_the_test_of_the_page(blocks: list[str]) -> None:
    table, its_test = blocks
    run(table, NAME)
    tests = run(its_test, "tests.teachers.reports.test_weekdays_of_the_page")
    tests.test_weekday_has_what_everybody_read_on_it()
