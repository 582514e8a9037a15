"""Reading the data files beside this package, which a reviewer of child safety extends."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("data")


def toml(name: str) -> dict[str, Any]:
    """A TOML file as it is."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def lines(name: str) -> Iterator[str]:
    """The lines of a text file, without comments and empty lines."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line
