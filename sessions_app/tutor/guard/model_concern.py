"""The concern that a model's answer carries beside its text, and how it is read.

The model begins with a line of its own, `<concern level="grave" kind="abuse"/>`, before what the
child reads. A line that cannot be read counts as "unsure": a grown-up looks, rather than nobody.
"""

import re
from typing import Literal, get_args

import msgspec

from ..concern import KIND_NAMED, NO_CONCERN, Concern, Kind

Level = Literal["none", "unsure", "grave"]
LEVELS: tuple[Level, ...] = get_args(Level)

_LINE = r"<concern\b([^<>]*?)/?>\s*(?:</concern>\s*)?"
_TAG = re.compile(rf"^\s*{_LINE}", re.IGNORECASE)
_ANYWHERE = re.compile(_LINE, re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*[\"']?(\w+)")
#: As long as a text begins like this, more of it is needed before anything is shown.
_LONGEST_TAG = 120


class ModelConcern(msgspec.Struct, frozen=True, rename="camel"):
    """What a model says about a child's words; `kind` is "none" where it does not say."""

    level: Level = "none"
    kind: Kind = "none"

    def as_concern(self) -> Concern:
        """The same as the guard would mark it: "unsure" is for a grown-up to look at, too."""
        if self.level == "none":
            return NO_CONCERN
        kind: Kind = "unhappy" if self.kind == "none" else self.kind
        return Concern("grave" if self.level == "grave" else "mild", kind, "model")


def parse_answer(text: str) -> tuple[ModelConcern, str]:
    """The concern that `text` begins with, and the rest; without the line, `none`."""
    found = _TAG.match(text)
    if found is None:
        return ModelConcern(), text
    return _read(found.group(1)), text[found.end() :]


def stray_concern(text: str) -> ModelConcern:
    """The gravest concern that stands anywhere in `text`, for a model that puts it elsewhere."""
    found = [_read(match.group(1)) for match in _ANYWHERE.finditer(text)]
    return max(found, key=lambda one: LEVELS.index(one.level), default=ModelConcern())


def needs_more(text: str) -> bool:
    """Whether a streamed text may still be in the middle of the line."""
    begun = text.lstrip()
    if len(begun) > _LONGEST_TAG or _TAG.match(begun):
        return False
    return "<concern".startswith(begun[:8].lower()) and ">" not in begun


def _read(attributes: str) -> ModelConcern:
    values = {name.lower(): value.lower() for name, value in _ATTRIBUTE.findall(attributes)}
    known = KIND_NAMED.get(values.get("kind", "none"), "none")
    match values.get("level"):
        case "none":
            return ModelConcern()
        case "grave":
            return ModelConcern("grave", known)
        case _:
            return ModelConcern("unsure", known)
