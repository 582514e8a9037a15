"""What a child reads who told of trouble: by severity, kind, age and language."""

from functools import cache
from typing import Any, Literal

from ..concern import Concern, Severity
from . import data
from .recognition.language import looks_spanish

Language = Literal["en", "es"]
_LITTLE_UP_TO_GRADE = 1
#: A reply for grades 0 and 1 has no more words than this.
MOST_LITTLE_WORDS = 25


def reply_to(
    concern: Concern,
    text: str,
    *,
    grade: int | None = None,
    helpline: str = "",
) -> str:
    """The answer to `text`, in its own language.

    `grade` is a school grade, 0 for kindergarten. `helpline` is a person or a helpline of the
    school's ("Ms. Rivera in room 4"); one too long for a small child's reply is left out there.
    """
    language: Language = "es" if looks_spanish(text) else "en"
    band = "little" if grade is not None and grade <= _LITTLE_UP_TO_GRADE else "older"
    reply = _words(language, concern.severity, concern.kind, band)
    if not helpline or concern.severity == "low":
        return reply
    contact = " ".join(helpline.split()).rstrip(".")
    longer = f"{reply} {str(_replies()[language]['contact'][band]).format(contact=contact)}"
    fits = band == "older" or len(longer.split()) <= MOST_LITTLE_WORDS
    return longer if fits else reply


def _words(language: Language, severity: Severity, kind: str, band: str) -> str:
    kinds = _replies()[language][severity]
    return str(kinds.get(kind, kinds["other"])[band])


@cache
def _replies() -> dict[str, Any]:
    return data.toml("replies.toml")
