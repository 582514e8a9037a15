"""``orgs.csv``: the schools, and which school an office or a department belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..types import Location, Roster, RosterSchool
from .files import Files, is_fit, is_new


@dataclass
class Orgs:
    """Every organisation's parent, by id, and which of them are schools."""

    parents: dict[str, str] = field(default_factory=dict)
    schools: set[str] = field(default_factory=set)

    def school_of(self, org: str) -> str:
        """The school that an organisation is or is part of; empty for a district and the like."""
        passed: set[str] = set()
        while org and org not in self.schools and org not in passed:
            passed.add(org)
            org = self.parents.get(org, "")
        return org if org in self.schools else ""


def read_schools(files: Files, roster: Roster) -> Orgs:
    """Fill ``roster.schools``."""
    orgs = Orgs()
    for row in files.rows("orgs"):
        identifier = row["sourcedId"]
        if not is_new(identifier, orgs.parents, row, files.problems):
            continue
        orgs.parents[identifier] = row["parentSourcedId"]
        if row["type"].casefold() == "school":
            orgs.schools.add(identifier)
            if is_fit(row, ("sourcedId", "name"), 200, files.problems):
                roster.schools[identifier] = RosterSchool(identifier, row["name"], row.at)
    if not orgs.schools:
        files.problems.add(Location("orgs.csv", 1), "there is no school in it")
    return orgs
