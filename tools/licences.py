"""The licences of everything that a server installs, one line each: name, version, licence.

    python -m tools.licences            # for people, and for a spreadsheet: parted by tabs

It reads what the installed packages and `package-lock.json` say themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
#: A licence written out whole in a package's metadata says its name in the first line.
_LONGEST = 80


class Licence(NamedTuple):
    """What one package is under."""

    name: str
    version: str
    licence: str


def python_licences(installed: Iterator[Distribution] | None = None) -> list[Licence]:
    """The installed Python packages, by name."""
    found = {
        package.metadata["Name"]: Licence(
            package.metadata["Name"], package.version, _licence_of(package)
        )
        for package in installed or distributions()
    }
    return [found[name] for name in sorted(found, key=str.lower)]


def npm_licences(lock: Path = ROOT / "package-lock.json") -> list[Licence]:
    """The npm packages that are not for development alone, by name."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return sorted(
        Licence(path.rpartition("node_modules/")[2], entry["version"], entry.get("license", "?"))
        for path, entry in packages.items()
        if path and not entry.get("dev")
    )


def _licence_of(package: Distribution) -> str:
    metadata = package.metadata.json
    said = str(metadata.get("license_expression") or metadata.get("license") or "")
    if said and len(said) <= _LONGEST:
        return said
    named = [
        name.rpartition(" :: ")[2]
        for name in metadata.get("classifier", [])
        if name.startswith("License ::")
    ]
    return "; ".join(named) or said.strip().partition("\n")[0][:_LONGEST] or "?"


if __name__ == "__main__":
    for row in (*python_licences(), *npm_licences()):
        print("\t".join(row))
