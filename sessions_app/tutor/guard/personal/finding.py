"""Where a text holds a child's private data: patterns of personal.toml, and telephone numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .. import data
from ..recognition import is_common_word
from .numbers import telephone_numbers

_FULL_NAME = re.compile(r"\b(?:[Mm]y name is|[Mm]e llamo|[Mm]i nombre es) ([A-Z]\w+ [A-Z]\w+)")
#: "I'm Leo", "hi im leo": a name where the word is written like one, or is no other word.
_SELF_TOLD = re.compile(
    r"\b(?:[Ii]['’]?m|[Ii] am|[Ss]oy|[Tt]his is)(?: called)? ([A-Z][a-z]{2,}\b)(?! [A-Z])"
    r"|(?i:\b(?:hi|hello|hey|hola)[,!. ]+(?:i['’]?m|i am|this is|soy|it['’]?s) (\w{3,}\b))"
    r"|(?i:\b(?:i['’]?m|i am) called (\w{3,}\b))"
)
_CONTACT = ("telephone number", "e-mail address")
_CURLY = str.maketrans("‘’“”", "''\"\"")


@dataclass(frozen=True, slots=True)
class PersonalSpan:
    """`text[begin:end]` is of the kind `kind`; `refused` where a child is asked to keep it back."""

    kind: str
    begin: int
    end: int
    refused: bool


def find_personal(text: str) -> list[PersonalSpan]:
    """Everything private in `text`, by place; overlapping finds are both there."""
    return sorted(_finds(text), key=lambda found: (found.begin, -found.end))


def gives_contact(text: str) -> bool:
    """Whether a telephone number or an e-mail address stands in `text`."""
    lower = _lower(text)
    return any(
        pattern.search(lower) for kind, _, pattern in _patterns() if kind in _CONTACT
    ) or any(telephone_numbers(text))


def asks_for_private(text: str) -> bool:
    """Whether the child asks for somebody's number, address or password."""
    lower = _lower(text)
    return any(pattern.search(lower) for pattern in _asking())


def _finds(text: str) -> Iterator[PersonalSpan]:
    lower = _lower(text)
    for kind, refused, pattern in _patterns():
        for match in pattern.finditer(lower):
            begin, end = match.span("it") if _has_it(match) else match.span()
            yield PersonalSpan(kind, begin, end, refused)
    for match in _FULL_NAME.finditer(text):
        yield PersonalSpan("name", *match.span(1), refused=True)
    for match in _SELF_TOLD.finditer(text):
        at = match.lastindex or 0
        if at == 1 or not is_common_word(match.group(at)):
            yield PersonalSpan("name", *match.span(at), refused=False)
    for begin, end in telephone_numbers(text):
        yield PersonalSpan("telephone number", begin, end, refused=True)


def _has_it(match: re.Match[str]) -> bool:
    return match.groupdict().get("it") is not None


def _lower(text: str) -> str:
    """In small letters, each in its place: a few letters grow when they are made small."""
    straight = text.translate(_CURLY)
    if straight.isascii():
        return straight.lower()
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in straight)


@cache
def _patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    entries = data.toml("personal.toml")["pattern"]
    return tuple(
        (entry["kind"], entry.get("refused", True), re.compile(entry["regex"])) for entry in entries
    )


@cache
def _asking() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(entry["regex"]) for entry in data.toml("personal.toml")["asking"])
