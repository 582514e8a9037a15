"""Bad files and rows are named by file, line and reason, and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .imports import everything, refused
from .oneroster_files import OneRoster

pytestmark = pytest.mark.django_db

USERS = b"sourcedId,enabledUser,orgSourcedIds,role,givenName,familyName\n"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda one: one.users[1].update(grades="47"), "users.csv:3: grades: “47” is no grade"),
        (lambda one: one.users[1].update(username="a b"), "users.csv:3: username: it may hold"),
        (lambda one: one.users[1].update(givenName="x" * 90), "users.csv:3: name: it is longer"),
        (lambda one: one.users[1].update(givenName="", familyName=""), "users.csv:3: name: it is"),
        (lambda one: one.users[2].update(username="user-p1"), "users.csv:4: username: somebody"),
        (lambda one: one.classes[0].update(title=""), "classes.csv:2: title: it is empty"),
        (lambda one: one.users[1].update(role="pupil"), "users.csv:3: role: “pupil” is no role"),
        (lambda one: one.users[1].update(enabledUser=""), "users.csv:3: enabledUser: it is true"),
        (lambda one: one.users[1].update(status="gone"), "users.csv:3: status: “gone”"),
        (lambda one: one.enrollments[1].update(endDate="6/9/27"), "enrollments.csv:3: endDate"),
        (lambda one: one.orgs.pop(), "orgs.csv:1: there is no school in it"),
        (lambda one: one.users.__delitem__(slice(1, 3)), "users.csv:1: there is no student in it"),
    ],
)
def test_bad_row_is_named_by_file_line_and_reason_and_nothing_changes(
    tmp_path: Path, spoil: Any, said: str
) -> None:
    roster = OneRoster()
    spoil(roster)
    before = everything()
    assert said in refused(roster.write(tmp_path / "set"))
    assert everything() == before


def test_all_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    roster = OneRoster()
    for user in roster.users[1:]:
        user["grades"] = "99"
    assert refused(roster.write(tmp_path / "set")).count("is no grade") == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("manifest.csv", b"propertyName,value\noneroster.version,2.0\n", "manifest.csv:2: oneros"),
        ("manifest.csv", b"propertyName,value\n", "manifest.csv:1: oneroster.version must be"),
        (
            "manifest.csv",
            b"propertyName,value\noneroster.version,1.1\nfile.users,delta\n",
            "manifest.csv:3: file.users is “delta”",
        ),
        ("users.csv", b"", "users.csv:1: there is no column “familyName”"),
        ("users.csv", USERS + b"p1,true,s1,student,\xff,x\n", "users.csv:2: this is not U"),
        ("users.csv", USERS + b'"p1,x\n', "users.csv:2: the quotes do not"),
        (
            "users.csv",
            USERS + b"p1,true,s1,student,a\0b,x\n",
            "users.csv:2: this is not te",
        ),
        ("users.csv", USERS + b"p1,true,s1,student,a,b,c\n", "users.csv:2: there are more"),
        ("users.csv", b"sourcedId,sourcedId,givenName,familyName\n", "“sourcedId” is there twice"),
    ],
)
def test_file_that_is_no_such_table_is_refused(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    folder = OneRoster().write(tmp_path / "set")
    (folder / name).write_bytes(content)
    assert said in refused(folder)


def test_folder_or_file_that_is_missing_is_said(tmp_path: Path) -> None:
    assert "there is no such file or folder" in refused(tmp_path / "nothing")
    assert "there is no CSV or XLSX file in it" in refused(tmp_path)
    (tmp_path / "roster.zip").write_bytes(b"PK, but no more")
    assert "roster.zip: this is no ZIP file" in refused(tmp_path / "roster.zip")
    folder = OneRoster().write(tmp_path / "set")
    (folder / "classes.csv").unlink()
    assert "classes.csv: the file cannot be read" in refused(folder)
