"""Why something happened: where the story says so near by, or somebody's wish or feeling there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ...types import Sentence

ReasonKind = Literal["told", "wish", "before"]

_SAYS_WHY = re.compile(
    r"\bbecause\b|\bso that\b|\bsince (?:he|she|it|they|we|i|you|there|the)\b|"
    r"[,;] for (?:he|she|it|they|we|i|you|there|the|his|her|their|no)\b|\bin order (?:to|that)\b|"
    r"\bthat(?:’|')?s why\b|\bthat is why\b|\bthe reason\b|\bfor fear\b|\bon account of\b|"
    r"\bthanks to\b|\bso (?!that\b|far\b|many\b)\w+(?: \w+)? that\b|\bin case\b",
    re.IGNORECASE,
)
_SO_IT_IS = re.compile(r"[,;] (?:and )?so (?!that\b|far\b|much\b|many\b)(?=\w)", re.IGNORECASE)
_FOLLOWS = re.compile(r"^[“‘\"]?(?:So|That is why|That’s why|That was why|Therefore|For that)\b")
_GIVES = re.compile(r"^[“‘\"]?(?:Because|For|It was because|That was because|You see|The reason)\b")
_WISH = re.compile(
    r"\btoo \w+ to\b|"
    r"\b(?:want(?:s|ed)?|wish(?:es|ed)?|hop(?:es|ed|ing)|need(?:s|ed)?|had to|must|"
    r"tr(?:y|ies|ied) to|"
    r"meant to|was going to|were going to|afraid|scared|frightened|did not like|didn’t like|"
    r"promised|loves?|loved|could not|couldn’t|cannot|can’t|did not want|angry|proud|worried|"
    r"hungry|tired|lonely|to make|to get|to see|to find|to save|to help|to keep)\b",
    re.IGNORECASE,
)
_AROUND = 4


@dataclass(frozen=True, slots=True)
class FoundReason:
    """`told`: the story says why; `wish`: somebody near wants or feels something; `before`: only
    what came just before. `distance` is how many sentences off it stands."""

    kind: ReasonKind
    sentences: tuple[Sentence, ...]
    distance: int


def best_reason(places: Mapping[int, float], sentences: Sequence[Sentence]) -> FoundReason | None:
    """The best reason near the sentences at `places`, which map to how surely, from 0 to 1, each
    tells of what was asked."""
    order = {"told": 0, "wish": 2, "before": 3}
    found = [
        (order[reason.kind] + reason.distance / 2 + 5 * (1 - sure), place, reason)
        for place, sure in places.items()
        for reason in _reasons(place, sentences)
    ]
    return min(found, key=lambda row: row[:2])[2] if found else None


def _reasons(place: int, sentences: Sequence[Sentence]) -> Iterator[FoundReason]:
    def at(*places: int) -> tuple[Sentence, ...]:
        return tuple(sentences[one] for one in sorted(set(places)) if 0 <= one < len(sentences))

    here = sentences[place].text
    if _SAYS_WHY.search(here) or _SO_IT_IS.search(here):
        yield FoundReason("told", at(place), 0)
    if place and _FOLLOWS.search(here):
        yield FoundReason("told", at(place - 1, place), 0)
    for near in (place + 1, place - 1, place + 2, place - 2):
        if not 0 <= near < len(sentences):
            continue
        text, away = sentences[near].text, abs(near - place)
        gives = near > place and _GIVES.search(text)
        if gives or _SAYS_WHY.search(text) or (near < place and _SO_IT_IS.search(text)):
            yield FoundReason("told", at(near, place) if away == 1 else at(near), away)
    for near in (place, place - 1, place + 1, place - 2, place - 3, place + 2):
        if 0 <= near < len(sentences) and _WISH.search(sentences[near].text):
            close = abs(near - place) <= 1
            yield FoundReason("wish", at(near, place) if close else at(near), abs(near - place))
    if place:
        talk = here.startswith("“")
        around = (
            range(place, place + 4)
            if talk and place + 2 < len(sentences)
            else range(max(0, place - 6), place + 1)
        )
        yield FoundReason("before", at(*around), 1)
