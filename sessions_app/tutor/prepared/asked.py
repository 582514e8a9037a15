"""The intent of a question that says it plainly: the page's starters and their near kin."""

from __future__ import annotations

import re
from typing import Final

from ..types import Question
from .lookup import Intent

_POINTER = r"(?:this|that|it|the|this sentence|that sentence|this part|that part)"
_FORMS: Final[tuple[tuple[Intent, str], ...]] = (
    ("meaning", rf"what (?:does|do|did) {_POINTER} mean"),
    ("meaning", rf"i (?:do not|don't|dont|can't|cannot) (?:understand|get)(?: {_POINTER})?"),
    ("easier", rf"(?:say|tell|explain|make|put) {_POINTER} (?:again )?"
     r"(?:in |with )?(?:easier|simpler|easy|simple|other)(?: words| way)?"),
    ("easier", r"(?:in )?(?:easier|simpler|other) words"),
    ("word", r"what (?:does|do|did|is) (?:it|he|she|they) mean (?:by |that |when |if )?"
     r"(?P<subject>[^?]{1,60})"),
    ("word", r"what (?:does|do|did) (?:the words? )?(?P<subject>[^?]{1,60}?) mean(?: here)?"),
    ("so_far", r"what (?:has |have )?happened(?: in the (?:book|story|chapter))?"
     r"(?: so far| until now)?(?: in the (?:book|story|chapter))?"),
    ("so_far", r"(?:the )?story so far|i forgot what (?:has )?happened|remind me what happened.*"),
    ("who", r"who(?: is|'s| was| are) (?P<subject>[^?]{1,60})"),
    ("why", r"(?:why|how come)\b.*"),
)  # fmt: skip
_POLITE = re.compile(
    r"^(?:(?:um+|hey|hi|please|and|but|so|ok|okay|well|wait|sorry|tell me|"
    r"(?:can|could|will|would) you(?: please)?(?: tell me)?)[, ]+)+(?=.)"
)
_APOSTROPHES = str.maketrans("’‘ʼ“”", "'''\"\"")


def intent_of(question: Question) -> tuple[Intent, str] | None:
    """The intent and its subject, "" without one; None where the wording is not so plain."""
    text = " ".join(question.text.translate(_APOSTROPHES).lower().split()).strip(" ?!.,")
    text = _POLITE.sub("", text)
    for intent, form in _FORMS:
        found = re.fullmatch(form, text)
        if found is not None:
            subject = found.groupdict().get("subject") or ""
            return intent, subject.strip(" \"'")
    return ("word", text.strip('"')) if question.kind == "word" else None
