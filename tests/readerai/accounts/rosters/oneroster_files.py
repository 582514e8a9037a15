"""Roster files as a school's system writes them."""

from __future__ import annotations

import csv
from pathlib import Path

ORGS = ["sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"]
USERS_11 = [
    "sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username",
    "userIds", "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone",
    "agentSourcedIds", "grades", "password",
]  # fmt: skip
USERS_12 = [
    "sourcedId", "status", "dateLastModified", "enabledUser", "username", "userIds", "givenName",
    "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades",
    "password", "preferredGivenName", "preferredFamilyName", "primaryOrgSourcedId",
]  # fmt: skip
ROLES = [
    "sourcedId",
    "status",
    "dateLastModified",
    "userSourcedId",
    "roleType",
    "role",
    "beginDate",
    "endDate",
    "orgSourcedId",
    "userProfileSourcedId",
]
CLASSES = ["sourcedId", "status", "title", "grades", "schoolSourcedId", "termSourcedIds"]
ENROLLMENTS = [
    "sourcedId", "status", "dateLastModified", "classSourcedId", "schoolSourcedId",
    "userSourcedId", "role", "primary", "beginDate", "endDate",
]  # fmt: skip
SESSIONS = [
    "sourcedId",
    "status",
    "title",
    "type",
    "startDate",
    "endDate",
    "parentSourcedId",
    "schoolYear",
]


def write(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


class OneRoster:
    """A set of OneRoster files: change the lists, then ``write``.

    As made: school ``s1`` with teacher ``t1``, students ``p1``, ``p2`` and class ``c1`` of all.
    """

    def __init__(self, version: str = "1.1") -> None:
        self.version = version
        self.orgs = [
            {"sourcedId": "d1", "name": "District", "type": "district"},
            {"sourcedId": "s1", "name": "Hill School", "type": "school", "parentSourcedId": "d1"},
        ]
        self.users: list[dict[str, str]] = []
        self.classes: list[dict[str, str]] = []
        self.enrollments: list[dict[str, str]] = []
        self.sessions = [{"sourcedId": "y1", "title": "Year", "schoolYear": "2027"}]
        self.add_class("c1", "Room 12")
        self.add_user("t1", "teacher", "Rosa", "Rivera")
        self.add_user("p1", "student", "Alice", "Baker", grades="03")
        self.add_user("p2", "student", "Bob", "Cole", grades="KG")
        for user in ("t1", "p1", "p2"):
            self.enrol(user, "c1")

    def add_user(self, id: str, role: str, given: str, family: str, **more: str) -> None:
        row = {
            "sourcedId": id, "enabledUser": "true", "orgSourcedIds": "s1", "role": role,
            "username": f"user-{id}", "givenName": given, "familyName": family,
        }  # fmt: skip
        self.users.append(row | more)

    def add_class(self, id: str, title: str, **more: str) -> None:
        row = {"sourcedId": id, "title": title, "schoolSourcedId": "s1", "termSourcedIds": "y1"}
        self.classes.append(row | more)

    def add_session(
        self, id: str, kind: str, title: str, first: str, end: str, parent: str = "", **more: str
    ) -> None:
        row = {
            "sourcedId": id, "type": kind, "title": title, "startDate": first, "endDate": end,
            "parentSourcedId": parent, "schoolYear": "2027",
        }  # fmt: skip
        self.sessions.append(row | more)

    def enrol(self, user: str, room: str, role: str = "") -> None:
        role = role or next(row["role"] for row in self.users if row["sourcedId"] == user)
        self.enrollments.append(
            {
                "sourcedId": f"e-{user}-{room}",
                "classSourcedId": room,
                "schoolSourcedId": "s1",
                "userSourcedId": user,
                "role": role,
            }
        )

    def remove_user(self, id: str) -> None:
        self.users = [row for row in self.users if row["sourcedId"] != id]
        self.enrollments = [row for row in self.enrollments if row["userSourcedId"] != id]

    def write(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        manifest = [
            {"propertyName": "manifest.version", "value": "1.0"},
            {"propertyName": "oneroster.version", "value": self.version},
            {"propertyName": "file.users", "value": "bulk"},
        ]
        write(folder / "manifest.csv", ["propertyName", "value"], manifest)
        write(folder / "orgs.csv", ORGS, self.orgs)
        write(folder / "classes.csv", CLASSES, self.classes)
        write(folder / "enrollments.csv", ENROLLMENTS, self.enrollments)
        write(folder / "academicSessions.csv", SESSIONS, self.sessions)
        if self.version.startswith("1.1"):
            write(folder / "users.csv", USERS_11, self.users)
        else:
            self._write_users_12(folder)
        return folder

    def _write_users_12(self, folder: Path) -> None:
        users = [
            {name: row[name] for name in row if name in USERS_12}
            | {"primaryOrgSourcedId": row["orgSourcedIds"]}
            for row in self.users
        ]
        roles = [
            {
                "sourcedId": f"r-{row['sourcedId']}", "userSourcedId": row["sourcedId"],
                "roleType": "primary", "role": row["role"], "orgSourcedId": row["orgSourcedIds"],
                "endDate": row.get("roleEnds", ""),
            }
            for row in self.users
        ]  # fmt: skip
        write(folder / "users.csv", USERS_12, users)
        write(folder / "roles.csv", ROLES, roles)


def district(count: int) -> OneRoster:
    """So many students more, in rooms of thirty."""
    roster = OneRoster()
    for number in range(count):
        roster.add_user(f"n{number}", "student", f"Name{number}", "Of Many", grades="04")
        if number % 30 == 0:
            roster.add_class(f"m{number // 30}", f"Room M{number // 30}")
        roster.enrol(f"n{number}", f"m{number // 30}")
    return roster
