"""How large everything is: `python -m tools.sizes [--check]`.

Lines are those of the files as they stand, comments and empty ones too. The complexity of a
function is McCabe's, with boolean operators and comprehensions counted: 1, and 1 more for each
branch, loop, handler, case, condition in a comprehension, and for each `and` and `or`.

With `--check` the exit status is 1 where a bound is broken.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
CODE: Final = ("manage.py", "readerai", "library", "sessions_app", "teachers", "tools", "bench")
TESTS: Final = ("tests",)
FOLDERS: Final = (*CODE, *TESTS, "static", "templates")

MOST_PYTHON_LINES: Final = 28_500
MOST_MEDIAN: Final = 70
MOST_FILE_LINES: Final = 300
MOST_FUNCTION_LINES: Final = 45
MOST_COMPLEXITY: Final = 15
LEAST_TEST_RATIO: Final = 1.0
MOST_FILES: Final = 15
_SHOWN: Final = 10

Function = ast.FunctionDef | ast.AsyncFunctionDef
_BRANCHES: Final = (
    ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.comprehension,
)  # fmt: skip


@dataclass(frozen=True)
class FunctionSize:
    """A function or method: where it stands, its lines and its complexity."""

    place: str
    lines: int
    complexity: int

    @property
    def is_too_large(self) -> bool:
        return self.lines > MOST_FUNCTION_LINES or self.complexity > MOST_COMPLEXITY

    def __str__(self) -> str:
        return f"{self.place}: {self.lines} lines, complexity {self.complexity}"


@dataclass(frozen=True)
class Sizes:
    """The lines to print, and a sentence for each bound that is broken."""

    lines: list[str]
    broken: list[str]


def files(root: Path, tops: Iterable[str], suffix: str) -> list[Path]:
    """The files below `tops` (folders or files) that end with `suffix`, without migrations."""
    found = [
        path
        for top in tops
        for path in ([root / top] if (root / top).is_file() else (root / top).rglob(f"*{suffix}"))
        if path.suffix == suffix and "migrations" not in path.parts
    ]
    return sorted(found)


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def complexity(function: ast.AST) -> int:
    """McCabe's number of a function; functions within it count as a part of it."""
    return 1 + sum(_weight(node) for node in ast.walk(function))


def _weight(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    if isinstance(node, ast.match_case):
        is_wildcard = isinstance(node.pattern, ast.MatchAs) and node.pattern.pattern is None
        return 0 if is_wildcard else 1
    return 1 if isinstance(node, _BRANCHES) else 0


def functions(path: Path, root: Path) -> Iterator[FunctionSize]:
    """Every function of a module, those within classes and functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            place = f"{path.relative_to(root)}:{node.lineno} {node.name}"
            yield FunctionSize(place, lines, complexity(node))


def crowded_folders(root: Path) -> dict[str, int]:
    """Folders with more than `MOST_FILES` files of one kind, and how many they hold."""
    counts = Counter(
        f"{path.parent.relative_to(root)}/*{suffix}"
        for suffix in (".py", ".js", ".css", ".html")
        for path in files(root, FOLDERS, suffix)
        if path.name != "__init__.py"
    )
    return {folder: count for folder, count in counts.most_common() if count > MOST_FILES}


def measure_tree(root: Path = ROOT) -> Sizes:
    """Measure the tree below `root`."""
    code = {path: line_count(path) for path in files(root, CODE, ".py")}
    total, middle = sum(code.values()), median(n for n in code.values() if n)
    tested = sum(map(line_count, files(root, TESTS, ".py")))
    long_files = {path: count for path, count in code.items() if count > MOST_FILE_LINES}
    large = [size for path in code for size in functions(path, root) if size.is_too_large]
    crowded = crowded_folders(root)
    largest = sorted(code, key=lambda path: -code[path])[:_SHOWN]
    lines = [
        f"Python without tests and migrations: {total:,} lines in {len(code)} files",
        f"median of a file: {middle:g} lines",
        f"tests: {tested:,} lines, test : code = {tested / total:.2f}",
        *(f"{kind}: {count:,} lines" for kind, count in _front_end(root).items()),
        "largest files:",
        *(f"  {path.relative_to(root)}: {code[path]}" for path in largest),
        f"functions over {MOST_FUNCTION_LINES} lines or complexity {MOST_COMPLEXITY}: {len(large)}",
        *(f"  {size}" for size in large),
        f"folders with more than {MOST_FILES} files of one kind: {len(crowded)}",
        *(f"  {folder}: {count}" for folder, count in crowded.items()),
    ]
    bounds = {
        f"more than {MOST_PYTHON_LINES:,} lines of Python": total > MOST_PYTHON_LINES,
        f"the median file has more than {MOST_MEDIAN} lines": middle > MOST_MEDIAN,
        f"{len(long_files)} files have more than {MOST_FILE_LINES} lines": bool(long_files),
        f"{len(large)} functions are too large": bool(large),
        f"less than {LEAST_TEST_RATIO} lines of test to a line of code": tested / total
        < LEAST_TEST_RATIO,
        f"{len(crowded)} folders are crowded": bool(crowded),
    }
    return Sizes(lines, [sentence for sentence, is_broken in bounds.items() if is_broken])


def _front_end(root: Path) -> dict[str, int]:
    return {
        "JavaScript": sum(map(line_count, files(root, ("static",), ".js"))),
        "CSS": sum(map(line_count, files(root, ("static",), ".css"))),
    }


def main(arguments: list[str]) -> int:
    """Print the report and the broken bounds; 1 for a broken one with `--check`."""
    report = measure_tree()
    print(*report.lines, sep="\n")
    for sentence in report.broken:
        print(f"bound broken: {sentence}")
    return 1 if report.broken and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
