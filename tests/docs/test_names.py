"""No class or public function name stands for two things, anywhere in the product."""

from __future__ import annotations

import ast
from collections import defaultdict

import pytest

from tools.sizes import CODE, ROOT, files

#: Names that a framework or Python itself asks for, once in each module that has one.
FRAMEWORK_NAMES = {
    "Command",  # Django finds a management command by it
    "main",  # what a program of its own does, under `if __name__ == "__main__"`
}

#: Names that still stand for several things, and the modules that they stood in when they were
#: written down. This table only gets shorter: a row that is not needed any more fails as well.
NOT_YET: dict[str, set[str]] = {
    "Block": {"library/importing/blocks.py", "sessions_app/tutor/claude/prompts.py"},
    "Draft": {"library/importing/epub.py", "sessions_app/tutor/offline/drafts.py"},
    "Engine": {"library/narration/espeak_child.py", "library/narration/spoken.py"},
    "Suggestion": {"sessions_app/student/recommended.py", "sessions_app/tutor/types.py"},
    "Verdict": {"sessions_app/domain/audit.py", "sessions_app/live/limits.py"},
    "accesses_to": {"sessions_app/records/access_log.py", "sessions_app/student/my_reading.py"},
    "due": {"sessions_app/domain/checkpoints.py", "sessions_app/records/retention.py"},
    "leave": {"sessions_app/domain/answers.py", "sessions_app/domain/presence/presence.py"},
}


def public_names(source: str) -> set[str]:
    """The classes and public functions at the top of a module's text."""
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return {
        node.name
        for node in ast.parse(source).body
        if isinstance(node, kinds) and not node.name.startswith("_")
    }


def names_of_two_things(sources: dict[str, str]) -> dict[str, set[str]]:
    """The names that stand in several modules, by name; ``sources`` are their texts."""
    modules: defaultdict[str, set[str]] = defaultdict(set)
    for module, source in sources.items():
        for name in public_names(source) - FRAMEWORK_NAMES:
            modules[name].add(module)
    return {name: places for name, places in modules.items() if len(places) > 1}


def test_no_name_stands_for_two_things() -> None:
    sources = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in files(ROOT, CODE, ".py")
    }
    doubled = names_of_two_things(sources)
    more = {name: at for name, at in doubled.items() if len(at) > len(NOT_YET.get(name, ()))}
    assert more == {}
    assert NOT_YET.keys() - doubled.keys() == set(), "take these rows out of the table"


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("class Card: ...", "class Card: ...", {"Card"}),
        ("class Card: ...", "def Card(): ...", {"Card"}),
        ("async def refuse(): ...", "@x\ndef refuse(): ...", {"refuse"}),
        ("class Card: ...", "from a import Card", set()),
        ("def _page(): ...", "def _page(): ...", set()),
        ("class Command: ...", "class Command: ...", set()),
        ("class A:\n    def refuse(self): ...", "def refuse(): ...", set()),
    ],
)
def test_what_counts_as_a_name_of_two_things(first: str, second: str, names: set[str]) -> None:
    assert names_of_two_things({"a.py": first, "b.py": second}).keys() == names
