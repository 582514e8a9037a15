"""The list of licences names everything that a server installs."""

import json
import re
from pathlib import Path

from tools.licences import Licence, npm_licences, python_licences

ROOT = Path(__file__).resolve().parent.parent.parent


def test_every_dependency_is_listed_with_a_licence_that_may_be_used() -> None:
    listed = {row.name.lower().replace("_", "-"): row for row in python_licences()}
    project = (ROOT / "pyproject.toml").read_text()
    needed = project.partition("\ndependencies = [")[2].partition("\n]")[0]
    for name in re.findall(r'^ +"([A-Za-z0-9-]+)', needed, re.MULTILINE):
        assert listed[name].licence != "?"
    assert not [row for row in listed.values() if re.search(r"\bAGPL|\bGPL", row.licence)]


def test_npm_packages_for_development_are_left_out(tmp_path: Path) -> None:
    lock = tmp_path / "package-lock.json"
    entries = {
        "": {},
        "node_modules/@a/font": {"version": "1.0", "license": "OFL-1.1"},
        "node_modules/b/node_modules/c": {"version": "2.0"},
        "node_modules/d": {"version": "3.0", "dev": True},
    }
    lock.write_text(json.dumps({"packages": entries}))
    assert npm_licences(lock) == [Licence("@a/font", "1.0", "OFL-1.1"), Licence("c", "2.0", "?")]
