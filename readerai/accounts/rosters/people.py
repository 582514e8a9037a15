"""Who somebody in a roster is here, and what the roster would change about them."""

from __future__ import annotations

from collections.abc import Mapping

from ..models import Role, School, User
from .batches import batches
from .files.tables import Problems
from .finding import Finder, look_alikes
from .identity import kept_id, spelt
from .plan import RosterPlan
from .types import Roster, RosterPerson


def plan_people(
    roster: Roster, plan: RosterPlan, problems: Problems, joined: Mapping[str, int]
) -> None:
    """Find everybody; of the people in ``joined``, by key, somebody said which user they are."""
    existing = list(
        User.objects.filter(
            school__in=plan.schools.values(), role__in=[Role.STUDENT, Role.TEACHER]
        ).select_related("school")
    )
    found = Finder(existing, roster, plan).find_all(joined)
    matched: set[int] = set()
    for key, wanted in roster.people.items():
        user = found.get(key)
        if user is None:
            plan.new_people.append(key)
        elif user.pk in matched:
            problems.add(wanted.at, "this is the same person as in another row")
        else:
            matched.add(user.pk)
            _compare_person(key, user, wanted, plan, problems)
    rostered = [user for user in existing if user.source_id and user.pk not in matched]
    plan.leaving_people = [user for user in rostered if user.is_active]
    plan.look_alikes = look_alikes(rostered, roster, plan)
    _refuse_taken_names(roster, plan, problems)


def _compare_person(
    key: str, user: User, wanted: RosterPerson, plan: RosterPlan, problems: Problems
) -> None:
    plan.people[key] = user
    if user.role != wanted.role:
        problems.add(wanted.at, f"role: here this is a {user.role}; change that by hand first")
        return
    if person_changes(user, wanted, plan.schools.get(wanted.school_id)):
        plan.changed_people.append((user, wanted))
    # An account that was disabled by hand stays so, whatever the roster says.
    if not user.is_active and user.left_roster_on is not None:
        plan.returning_people.append(user)


def person_changes(
    user: User, wanted: RosterPerson, school: School | None
) -> dict[str, tuple[str, str]]:
    """What the roster says otherwise of somebody: by field, what is here and what it will be.

    ``school`` is the one that is wanted, None where it is a new one.
    """
    existing = {
        "first_name": (user.first_name, wanted.given_name),
        "last_name": (user.last_name, wanted.family_name),
        "source_id": (user.source_id, kept_id(user.source_id, wanted.id)),
        "email": (user.email, wanted.email or user.email),
        "username": (user.username, wanted.username or user.username),
    }
    changes = {name: pair for name, pair in existing.items() if spelt(pair[0]) != spelt(pair[1])}
    if school is None or user.school_id != school.pk:
        changes["school"] = (str(user.school_id or ""), str(school.pk) if school else "")
    return changes


def _refuse_taken_names(roster: Roster, plan: RosterPlan, problems: Problems) -> None:
    """A username belongs to one person anywhere, so it is searched for in every school."""
    wanting: dict[str, str] = {}
    for key, person in roster.people.items():
        if person.username and wanting.setdefault(person.username, key) != key:
            problems.add(person.at, "username: somebody else in the roster has it")
    holders = (
        user
        for names in batches(wanting)
        for user in User.objects.filter(username__in=names).only("username")
    )
    for user in holders:
        key = wanting[user.username]
        # Whoever holds it now may be getting another name by the same roster; asking for that
        # to happen in the right order is more than a roster can be trusted with.
        if plan.people.get(key) is None or plan.people[key].pk != user.pk:
            problems.add(roster.people[key].at, "username: it belongs to somebody else already")
