"""What a roster would change."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..models import Classroom, Enrolment, School, User
from .terms import TermPlan
from .types import RosterClass, RosterPerson, RosterSchool

_FEW_LEAVERS = 20


@dataclass
class RosterPlan:
    """Each list is what ``apply`` does in that order; empty lists mean that nothing changes.

    People, classes and schools are named by their key in the roster where they are in it.
    ``look_alikes`` are people here whom the roster does not name, and new people who may be they.
    """

    new_schools: list[str] = field(default_factory=list)
    linked_schools: list[tuple[School, RosterSchool]] = field(default_factory=list)
    new_people: list[str] = field(default_factory=list)
    changed_people: list[tuple[User, RosterPerson]] = field(default_factory=list)
    returning_people: list[User] = field(default_factory=list)
    leaving_people: list[User] = field(default_factory=list)
    look_alikes: list[tuple[User, str]] = field(default_factory=list)
    new_classes: list[str] = field(default_factory=list)
    changed_classes: list[tuple[Classroom, RosterClass]] = field(default_factory=list)
    ending_classes: list[Classroom] = field(default_factory=list)
    joining: list[tuple[str, str]] = field(default_factory=list)
    leaving_classes: list[Enrolment] = field(default_factory=list)
    new_teachings: list[tuple[str, str]] = field(default_factory=list)
    ending_teachings: list[tuple[User, Classroom]] = field(default_factory=list)
    terms: TermPlan = field(default_factory=TermPlan)
    schools: dict[str, School] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    classes: dict[str, Classroom] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind of change, in words for whoever runs the import."""
        return {
            "new schools": len(self.new_schools),
            "schools given their roster id": len(self.linked_schools),
            "new people": len(self.new_people),
            "people changed": len(self.changed_people),
            "people who return": len(self.returning_people),
            "people deactivated": len(self.leaving_people),
            "new classes": len(self.new_classes),
            "classes changed": len(self.changed_classes),
            "classes ended": len(self.ending_classes),
            "students who join a class": len(self.joining),
            "students who leave a class": len(self.leaving_classes),
            "teachers given a class": len(self.new_teachings),
            "teachers taken off a class": len(self.ending_teachings),
            "new terms": len(self.terms.new),
            "terms changed": len(self.terms.changed),
        }

    @property
    def too_many_leave(self) -> bool:
        """Whether so many would be deactivated that half a file is likelier than half a school."""
        leaving, staying = len(self.leaving_people), len(self.people)
        return leaving > max(staying, _FEW_LEAVERS)

    @property
    def changes_nothing(self) -> bool:
        return not any(self.counts.values())
