"""A concern about a child, as the guard or a model says it: frozen data."""

from typing import Literal, get_args

import msgspec

Severity = Literal["none", "low", "mild", "grave"]
#: Sorted by how much it matters when a text holds several.
Kind = Literal[
    "none",
    "own_life",
    "private",
    "unhappy",
    "family",
    "bullying",
    "secret",
    "running_away",
    "online",
    "neglect",
    "weapons",
    "abuse",
    "touching",
    "self_harm",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


#: By name, where a data file says one; a name that is none is a `KeyError`.
KIND_NAMED: dict[str, Kind] = {kind: kind for kind in KINDS}
SEVERITY_NAMED: dict[str, Severity] = {severity: severity for severity in SEVERITIES}


class Context(msgspec.Struct, frozen=True):
    """What the book has to do with it: names of its people, the sentence in hand, and whether a
    word of that was touched, and nothing typed."""

    people: tuple[str, ...] = ()
    sentence: str = ""
    touched: bool = False


class Concern(msgspec.Struct, frozen=True):
    """How much a child's words worry, what about, and what recognised it.

    `severity` "grave" is for a grown-up to see at once, "mild" the same day, "low" when somebody
    has time. `recognised_by` is "rule: …" with the rule's own words, "classifier", "model" or "".
    It never holds a child's words.
    """

    severity: Severity = "none"
    kind: Kind = "none"
    recognised_by: str = ""

    @property
    def is_marked(self) -> bool:
        """Whether a grown-up should look at it."""
        return self.severity != "none"

    @property
    def is_distress(self) -> bool:
        """Whether the child may be hurt, unsafe or very unhappy: mild or grave."""
        return self.severity in ("mild", "grave")


NO_CONCERN = Concern()


def most_serious(*concerns: Concern) -> Concern:
    """The gravest of `concerns`; among equals the kind that stands later in `KINDS`."""
    return max(
        concerns,
        key=lambda one: (SEVERITIES.index(one.severity), KINDS.index(one.kind)),
        default=NO_CONCERN,
    )
