"""The terms of a roster, for schools where nobody entered or changed any by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import CharField
from django.db.models.functions import Cast

from ..models import School, Term
from ..terms import TermDays, clashes
from .types import Roster, RosterTerm


@dataclass
class TermPlan:
    """``notes`` say, a sentence for each school, whose terms are left alone and why."""

    new: list[RosterTerm] = field(default_factory=list)
    changed: list[tuple[Term, RosterTerm]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def plan_terms(roster: Roster, schools: dict[str, School]) -> TermPlan:
    """Compare; ``schools`` are those that are here, by their key in the roster.

    A term that the roster no longer names stays: reports go on asking for last year's.
    """
    plan = TermPlan()
    existing: dict[int, list[Term]] = {}
    for term in Term.objects.filter(school__in=schools.values()).order_by("first_day"):
        existing.setdefault(term.school_id, []).append(term)
    by_school: dict[str, list[RosterTerm]] = {}
    for wanted in roster.terms:
        by_school.setdefault(wanted.school_id, []).append(wanted)
    for key, terms in by_school.items():
        known = existing.get(schools[key].pk, []) if key in schools else []
        _plan_school(roster.schools[key].name, terms, known, plan)
    return plan


def _plan_school(name: str, wanted: list[RosterTerm], existing: list[Term], plan: TermPlan) -> None:
    ids = {term.id for term in wanted}
    staying = [term_days(term) for term in existing if term.source_id not in ids]
    if not all(term.source_id for term in existing):
        plan.notes.append(f"{name} keeps its own terms: somebody entered or changed them by hand.")
        return
    if reason := _why_not([*staying, *map(term_days, wanted)]):
        plan.notes.append(f"{name} gets no terms from the roster: {reason}")
        return
    known = {term.source_id: term for term in existing}
    for term in wanted:
        if term.id not in known:
            plan.new.append(term)
        elif term_days(known[term.id]) != term_days(term):
            plan.changed.append((known[term.id], term))


def _why_not(terms: list[TermDays]) -> str:
    for position, _, reason in clashes(terms):
        return f"where {terms[position].name} begins, {reason}"
    names = Counter((term.school_year, term.name) for term in terms)
    twice = [
        f"{name} is there twice in {year}." for (year, name), many in names.items() if many > 1
    ]
    return "".join(twice[:1])


def term_days(term: Term | RosterTerm) -> TermDays:
    return TermDays(term.school_year, term.name, term.first_day, term.last_day)


def apply_terms(plan: TermPlan, schools: dict[str, School]) -> None:
    """Carry out the plan. ``schools`` are all of the roster's, the new ones too."""
    for term, wanted in plan.changed:
        term.school_year, term.name, term.first_day, term.last_day = term_days(wanted)
    changed = [term for term, _ in plan.changed]
    # Two terms may change names with each other, and no name may be there twice even for a moment.
    existing = Term.objects.filter(pk__in=[term.pk for term in changed])
    existing.update(name=Cast("pk", CharField()))
    Term.objects.bulk_update(changed, TermDays._fields)
    Term.objects.bulk_create(
        Term(school=schools[term.school_id], source_id=term.id, **term_days(term)._asdict())
        for term in plan.new
    )
