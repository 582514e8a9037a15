"""What was prepared for this book, asked before anything that is about any book."""

from collections.abc import Mapping
from dataclasses import replace

from ..prepared import Intent as PreparedIntent
from ..prepared import PreparedAnswer, look_up
from ..types import Citation
from .drafts import ASK_MORE, CONTINUE, HEAR_AGAIN, USE_THE_WORD, Draft
from .retrieval.answer_types import AnswerType, holds
from .retrieval.passages import terms
from .story_so_far import StorySoFar
from .understanding import Intent, Topic

_LOOKED_UP: Mapping[Topic, tuple[PreparedIntent, ...]] = {
    "word": ("word", "who"),
    "thing": ("word", "who"),
    "person": ("who",),
    "sentence": ("meaning",),
    "easier": ("easier",),
    "why": ("why",),
    "so_far": ("so_far",),
}
_TELLING = ("cause", "part", "person", "chapter")
_ENOUGH = 0.75


def about_prepared(intent: Intent, story: StorySoFar) -> Draft | None:
    """The answer that was written for this place; None where none was."""
    if not story.question.prepared or intent.topic == "talk":
        return None
    question = story.question
    if question.kind != "word":
        question = replace(question, text=story.asked)
        found = look_up("checkpoint", question)
        if found is not None:
            return _drafted(found)
    for wanted in _LOOKED_UP.get(intent.topic, ()):
        found = look_up(wanted, question, intent.subject)
        if found is not None:
            return _drafted(found)
    return None


def told_in_prepared(kind: AnswerType, story: StorySoFar) -> Draft | None:
    """The prepared line, of a reason, a person or an event, that speaks of all that is asked."""
    wanted = set(terms(story.asked))
    total = sum(story.passages.weight(term) for term in wanted)
    best: tuple[float, int, Draft] | None = None
    for entry in story.question.prepared:
        if entry.kind not in _TELLING:
            continue
        told = set(terms(f"{entry.subject} {' '.join(entry.questions)} {entry.text}"))
        share = sum(story.passages.weight(term) for term in wanted & told) / (total or 1.0)
        names = story.names.within_cased(entry.text)
        if share < _ENOUGH or not holds(kind, entry.text, story.asked, names):
            continue
        if best is None or (share, entry.last) >= best[:2]:
            cited = (Citation(entry.first, entry.last - entry.first + 1),)
            draft = Draft(entry.text, "explanation", None, cited, (CONTINUE, ASK_MORE, HEAR_AGAIN))
            best = (share, entry.last, draft)
    return None if best is None else best[2]


def _drafted(found: PreparedAnswer) -> Draft:
    if found.structured is not None:
        ways_on = (CONTINUE, USE_THE_WORD, HEAR_AGAIN)
        return Draft(found.text, "definition", found.structured, found.citations, ways_on)
    ways_on = (CONTINUE, ASK_MORE, HEAR_AGAIN)
    return Draft(found.text, "explanation", None, found.citations, ways_on)
