"""Check what the browser is given, or test it: `python -m tools.front_end (check | test)`.

Biome reads the scripts' style, the TypeScript compiler their types (which stand in comments;
nothing is compiled), stylelint the style sheets; node's own runner runs `tests/js`. All of
them come with `npm ci` and run by whatever node there is.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

from tools.node import NodeMissing, node_command

ROOT: Final = Path(__file__).resolve().parent.parent
MODULES: Final = ROOT / "node_modules"
CHECKS: Final = (
    ("@biomejs/biome/bin/biome", "check", "--error-on-warnings"),
    ("typescript/bin/tsc", "--project", "tsconfig.json"),
    ("typescript/bin/tsc", "--project", "tests/js/tsconfig.json"),
    ("stylelint/bin/stylelint.mjs", "static/css/**/*.css"),
)


def checks_pass(root: Path = ROOT) -> bool:
    """Run every check on the project at ``root``; whether none of them found anything."""
    passed = [_node(root, str(MODULES / program), *rest) for program, *rest in CHECKS]
    return all(passed)


def unit_tests_pass(root: Path = ROOT) -> bool:
    """Run the scripts' tests; whether all of them passed."""
    # A folder's name means something else to each version of the runner, a file's does not.
    files = sorted(str(file) for file in (root / "tests" / "js").rglob("*.test.js"))
    return _node(root, "--test", *files)


def _node(root: Path, *arguments: str) -> bool:
    return subprocess.run([*node_command(), *arguments], cwd=root).returncode == 0


def main(arguments: list[str]) -> int:
    """Exit status 1 where something was found or failed, 2 where it is not clear what to do."""
    does = {"check": checks_pass, "test": unit_tests_pass}.get(" ".join(arguments))
    if does is None:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return 0 if does() else 1
    except NodeMissing as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
