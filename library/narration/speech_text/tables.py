"""The tables of ``tables.toml``, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def speech_table(name: str) -> dict[str, Any]:
    with Path(__file__).with_name("tables.toml").open("rb") as file:
        tables: dict[str, Any] = tomllib.load(file)
    found: dict[str, Any] = tables[name]
    return found
