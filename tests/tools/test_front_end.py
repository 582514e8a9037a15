"""What the browser is given is checked: each of the tools sees what is its own to see."""

import shutil
from pathlib import Path

import pytest

from tools import front_end

SETTINGS = ["biome.jsonc", "package.json", "stylelint.config.js", "tsconfig.json"]
SCRIPT = "export const goats = [1, 2];\n"
GOOD = {
    "static/js/goats.js": SCRIPT,
    "static/css/goats.css": ".goat {\n  color: red;\n}\n",
    "tests/js/goats.test.js": """import assert from "node:assert/strict";
import { test } from "node:test";
import { goats } from "../../static/js/goats.js";

test("there are two goats", () => assert.equal(goats.length, 2));
""",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the settings of ours and hardly a script, in which nothing is wrong."""
    (tmp_path / "node_modules").symlink_to(front_end.MODULES)
    for name in [*SETTINGS, "tests/js/tsconfig.json"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(front_end.ROOT / name, tmp_path / name)
    for name, text in GOOD.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_front_end_in_which_nothing_is_wrong_passes(project: Path) -> None:
    assert front_end.checks_pass(project)
    assert front_end.unit_tests_pass(project)


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        ("static/js/goats.js", "export var goats = [1, 2];\n", "noVar"),
        ("static/js/goats.js", "export const goats = [1,2];\n", "format"),
        ("static/js/goats.js", f"{SCRIPT}goats.push('x');\n".replace("'", '"'), "TS2345"),
        ("tests/js/more.test.js", 'import { sheep } from "./goats.test.js";\nsheep();\n', "TS2305"),
        ("static/css/goats.css", ".goat {\n  colour: red;\n}\n", "property-no-unknown"),
    ],
    ids=["lint", "format", "types", "types of tests", "styles"],
)
def test_front_end_in_which_something_is_wrong_fails(
    project: Path, capfd: pytest.CaptureFixture[str], name: str, text: str, finding: str
) -> None:
    (project / name).write_text(text)
    assert not front_end.checks_pass(project)
    told = capfd.readouterr()
    assert finding in told.out + told.err


def test_front_end_with_a_failing_test_fails(project: Path) -> None:
    (project / "static/js/goats.js").write_text("export const goats = [1];\n")
    assert not front_end.unit_tests_pass(project)


def test_front_end_asked_for_anything_else_says_what_it_can(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert front_end.main(["paint"]) == 2
    assert "check | test" in capsys.readouterr().err
