"""Install what package-lock.json names: fonts and the dictionary, and for tests a browser and axe.

`python -m tools.npm_ci [--without-dev]`. No script of any package is run. Exit status 1, with the
reason, when npm could not do it.
"""

import subprocess
import sys
from pathlib import Path

from tools.node import NodeMissing, npm_command

NODE_MODULES = Path(__file__).resolve().parent.parent / "node_modules"
OPTIONS = [
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--loglevel=error",
]
OPTIONS += ["--fetch-retries=1"]


def main(arguments: list[str]) -> int:
    """Run npm and leave a stamp in node_modules, by which make sees that it is done."""
    without_dev = "--without-dev" in arguments
    options = [*OPTIONS, "--omit=dev"] if without_dev else OPTIONS
    try:
        done = subprocess.run([*npm_command(), "ci", *options], cwd=NODE_MODULES.parent)
    except (NodeMissing, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    if done.returncode:
        return 1
    (NODE_MODULES / ".run").touch()
    if not without_dev:
        (NODE_MODULES / ".test").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
