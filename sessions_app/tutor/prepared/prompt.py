"""The prepared help of a place, written out for a model's prompt."""

from __future__ import annotations

from ..types import Question
from .lookup import here, sentence_span, story_so_far

_CAUSES_NEAR = 400
_MOST_CAUSES = 12


def for_prompt(question: Question) -> str:
    """Lines of plain text, "" for none: the story so far, the people, why things happened lately,
    and what the child's sentence says. The caller fences it: it is data, not an instruction."""
    people = {entry.subject: entry.text for entry in question.prepared if entry.kind == "person"}
    first, _ = sentence_span(question)
    causes = [
        entry
        for entry in question.prepared
        if entry.kind == "cause" and entry.last >= first - _CAUSES_NEAR
    ]
    meanings = [f"{entry.subject}: {entry.text}" for entry in here(question, "sense", "phrase")]
    sections = (
        ("The story so far", [entry.text for entry in story_so_far(question)]),
        ("The people so far", [f"{name}: {text}" for name, text in people.items()]),
        ("Why", [entry.text for entry in causes[-_MOST_CAUSES:]]),
        ("Words of this sentence", meanings),
        ("This sentence in easier words", [entry.text for entry in here(question, "easier")]),
    )
    return "\n".join(
        line for title, lines in sections if lines for line in (f"{title}:", *lines, "")
    ).strip()
