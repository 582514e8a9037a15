"""Who somebody in a roster is here: by id, by username, by name; and who may be somebody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..models import User
from .identity import compared, has_name_only, nearly_alike, same_id, without_accents, without_zeros
from .plan import RosterPlan
from .types import Roster, RosterPerson

#: More pairs are not looked through for slips of spelling: that is a new school, not a new name.
_MOST_PAIRS: Final = 40_000
_MOST_ALIKE: Final = 3

_Place = tuple[int | None, str]


class Finder:
    """Finds people: all by what is certain first, the rest by name among those who are left.

    A username finds only an account that had no roster id, or whose id was that username. One
    with another id may be another child's, whose reading must not become this one's. For the same
    reason a name finds somebody only where one of the two has no other id, or where the ids are
    alike but for zeros in front, and where the name is there once on either side.
    """

    def __init__(self, existing: Sequence[User], roster: Roster, plan: RosterPlan) -> None:
        self._existing, self._people = existing, roster.people
        self._schools = {key: school.pk for key, school in plan.schools.items()}
        rostered = [user for user in existing if user.source_id]
        self._by_id = {(user.school_id, same_id(user.source_id)): user for user in rostered}
        self._anywhere = (
            {user.source_id: user for user in rostered} if roster.ids_span_schools else {}
        )
        self._by_username = {
            (user.school_id, user.username): user
            for user in existing
            if user.source_id in {"", f"username:{user.username}"}
        }
        self._named = Counter(self._name(wanted) for wanted in roster.people.values())

    def find_all(self, joined: Mapping[str, int]) -> dict[str, User]:
        """The users who are found, by the key of the person in the roster."""
        by_pk = {user.pk: user for user in self._existing}
        found = {
            key: by_pk[pk] for key, pk in joined.items() if pk in by_pk and key in self._people
        }
        for key, wanted in self._people.items():
            user = None if key in found else self._certain(wanted)
            if user is not None:
                found[key] = user
        return found | self._by_name(found)

    def _by_name(self, found: Mapping[str, User]) -> dict[str, User]:
        """Those of the others who have a name of which there is one, here and in the roster."""
        taken = {user.pk for user in found.values()}
        left: defaultdict[_Place, list[User]] = defaultdict(list)
        for user in self._existing:
            if user.source_id and user.pk not in taken:
                left[user.school_id, f"{user.role} {_full(user)}"].append(user)
        others = {key: wanted for key, wanted in self._people.items() if key not in found}
        alike = {key: left.get(self._name(wanted), []) for key, wanted in others.items()}
        return {
            key: users[0]
            for key, users in alike.items()
            if len(users) == self._named[self._name(others[key])] == 1
            and _agree(users[0], others[key])
        }

    def _certain(self, wanted: RosterPerson) -> User | None:
        school = self._schools.get(wanted.school_id)
        user = self._by_id.get((school, same_id(wanted.id))) or self._anywhere.get(wanted.id)
        if user is None and wanted.username:
            user = self._by_username.get((school, wanted.username))
        return user

    def _name(self, wanted: RosterPerson) -> _Place:
        school = self._schools.get(wanted.school_id)
        return school, f"{wanted.role} {compared(wanted.display_name)}"


def _full(user: User) -> str:
    return compared(f"{user.first_name} {user.last_name}")


def _agree(user: User, wanted: RosterPerson) -> bool:
    """Whether the ids of two of one name do not speak against their being one person."""
    zeros = without_zeros(user.source_id)
    return (
        has_name_only(user.source_id)
        or has_name_only(wanted.id)
        or (zeros != "" and zeros == without_zeros(wanted.id))
    )


def look_alikes(
    missing: Iterable[User], roster: Roster, plan: RosterPlan
) -> list[tuple[User, str]]:
    """Who is not in the roster, beside the new people whom they resemble, for somebody to say.

    Alike are people of one school and role with the same given name (a new surname), the same
    name but for accents and slips, or one e-mail address.
    """
    users = list(missing)
    close = len(users) * len(plan.new_people) <= _MOST_PAIRS
    by_sign: defaultdict[tuple[str, str], list[User]] = defaultdict(list)
    for user in users:
        for sign in _signs(user.first_name, user.email):
            by_sign[sign].append(user)
    alike: list[tuple[User, str]] = []
    for key in plan.new_people:
        wanted = roster.people[key]
        school = plan.schools.get(wanted.school_id)
        signs = _signs(wanted.given_name, wanted.email)
        near = {user.pk: user for sign in signs for user in by_sign.get(sign, ())}
        name = without_accents(wanted.display_name)
        if close:
            near |= {
                user.pk: user
                for user in users
                if nearly_alike(without_accents(f"{user.first_name} {user.last_name}"), name)
            }
        here = [
            user
            for user in near.values()
            if user.role == wanted.role and school is not None and user.school_id == school.pk
        ]
        alike += [(user, key) for user in here[:_MOST_ALIKE]]
    return alike


def _signs(given: str, email: str) -> list[tuple[str, str]]:
    signs = (("given", without_accents(given)), ("email", email.casefold()))
    return [sign for sign in signs if sign[1]]
