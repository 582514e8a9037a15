"""The command: what it prints, its dry run, its list of changes, and when it asks back."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest

from readerai.accounts.models import User

from .imports import everything, in_class, refused, run
from .oneroster_files import OneRoster, district

pytestmark = pytest.mark.django_db


def test_dry_run_says_what_the_run_then_does_and_changes_nothing(tmp_path: Path) -> None:
    folder = OneRoster().write(tmp_path / "set")
    before = everything()
    said = run(folder, dry_run=True)
    assert "would change:" in said
    assert everything() == before
    assert said.replace("would change:", "changed:") == run(folder)


def test_what_is_printed_names_no_child(tmp_path: Path) -> None:
    assert "Alice" not in run(OneRoster().write(tmp_path / "set"), verbosity=3)


def test_every_single_change_can_be_looked_at_before(tmp_path: Path) -> None:
    roster = OneRoster()
    run(roster.write(tmp_path / "set"))
    roster.users[0]["familyName"] = "=Rivera-Lund"
    roster.orgs.append({"sourcedId": "s2", "name": "Lake School", "type": "school"})
    roster.users[0]["orgSourcedIds"] = "s2"
    roster.remove_user("p2")
    roster.add_user("p3", "student", "Cleo", "Dunn")
    roster.enrol("p3", "c1")
    found = tmp_path / "changes.csv"
    run(roster.write(tmp_path / "set"), dry_run=True, changes=found)
    assert stat.S_IMODE(found.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(found.read_text(encoding="utf-8-sig"))))
    short = [" ".join(filter(None, [r["change"], r["name"], r["class"], r["after"]])) for r in rows]
    assert short == [
        "new school",
        "new person Cleo Dunn",
        "person changed Rosa Rivera '=Rivera-Lund",
        "person changed Rosa Rivera Lake School",
        "person deactivated Bob Cole",
        "student joins a class Cleo Dunn Room 12",
        "student leaves a class Bob Cole Room 12",
    ]
    assert (rows[1]["file"], rows[1]["line"], rows[2]["before"]) == ("users.csv", "4", "Rivera")
    assert "Cleo Dunn" not in in_class("Room 12")
    said = refused(tmp_path / "set", changes=tmp_path / "nowhere" / "changes.csv")
    assert said == ""
    assert "Cleo Dunn" not in in_class("Room 12")


def test_half_a_file_does_not_send_a_school_home(tmp_path: Path) -> None:
    run(district(60).write(tmp_path / "set"))
    half = district(20).write(tmp_path / "half")
    assert "that takes --many-leave" in run(half, dry_run=True)
    refused(half)
    assert not User.objects.filter(is_active=False).exists()
    assert "40  people deactivated" in run(half, many_leave=True)
