"""Reading the word lists beside this module: tables of cells between ` | `, and TOML."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("data")


@cache
def data_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The data_rows of a table, without comments and empty lines."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    kept = (line for line in lines if line.strip() and not line.startswith("#"))
    return tuple(tuple(cell.strip() for cell in line.split(" | ")) for line in kept)


@cache
def toml_tables(name: str) -> dict[str, Any]:
    """A TOML file as it is."""
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))
