"""rules.txt: which wordings are a concern, and of what kind."""

from dataclasses import dataclass
from functools import cache

from library.language.lemmas import word_set

from ...concern import (
    KIND_NAMED,
    NO_CONCERN,
    SEVERITY_NAMED,
    Concern,
    Kind,
    Severity,
    most_serious,
)
from .. import data
from .pattern_index import PatternIndex
from .patterns import Pattern, compiled
from .sentences import TaggedWords

_ASKING = word_set(
    "why who whose whom what where when how which did does do is was were are will would can"
    " could has had quien como donde cuando que cual cuanto"
)
_OWN = word_set("i my me mine myself we us our you your mi mis yo nos conmigo tu te")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it tells."""

    severity: Severity
    kind: Kind
    pattern: Pattern


def concern_by_rule(tagged: TaggedWords) -> Concern:
    """The gravest concern that a rule finds.

    In a question that names nobody but the book's people only wishes to die are looked for.
    """
    others = _asks_of_others(tagged.words)
    return most_serious(
        NO_CONCERN,
        *(
            Concern(rule.severity, rule.kind, f"rule: {rule.pattern.text}")
            for rule in _index().matching(tagged)
            if rule.kind == "self_harm" or not others
        ),
    )


def wishes_to_die(tagged: TaggedWords) -> bool:
    """Whether the gravest concern that a rule finds is self-harm, and grave. Few rules say so, and
    where none of them matches no other has to be looked at."""
    if next(_grave_self_harm().matching(tagged), None) is None:
        return False
    concern = concern_by_rule(tagged)
    return concern.severity == "grave" and concern.kind == "self_harm"


def _asks_of_others(words: tuple[str, ...]) -> bool:
    """Whether it is a question in which neither the child nor "you" stands."""
    asks = bool(words) and (words[0] in _ASKING or words[:2] == ("por", "que"))
    return asks and _OWN.isdisjoint(words)


@cache
def _index() -> PatternIndex[Rule]:
    return PatternIndex(_rules(), lambda rule: rule.pattern)


@cache
def _grave_self_harm() -> PatternIndex[Rule]:
    grave = [rule for rule in _rules() if (rule.severity, rule.kind) == ("grave", "self_harm")]
    return PatternIndex(grave, lambda rule: rule.pattern)


def _rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file."""
    found: list[Rule] = []
    severity: Severity = "none"
    kind: Kind = "none"
    for line in data.lines("rules.txt"):
        if line.startswith("["):
            first, second = line.strip("[] ").split()
            severity, kind = SEVERITY_NAMED[first], KIND_NAMED[second]
        else:
            found.append(Rule(severity, kind, compiled(line)))
    return tuple(found)
