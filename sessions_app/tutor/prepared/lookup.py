"""The answer that was prepared for a place, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Literal

from msgspec import Struct

from library.language.lemmas import plain, stem
from library.language.prepared import PreparedEntry, PreparedKind

from ..types import Citation, Definition, Question
from .causes import asked_cause, asked_checkpoint

#: word        what `subject`, a word or phrase, means; of a tapped one, what it means there
#: meaning     what the child's sentence means: its hard words and phrases
#: easier      the child's sentence in easier words
#: why         the reason that the question's text asks for; with nothing but "why?" the nearest
#: so_far      the story so far
#: who         who `subject` is, as far as is known
#: checkpoint  a question of the book's own
Intent = Literal["word", "meaning", "easier", "why", "so_far", "who", "checkpoint"]

_MOST_MEANINGS = 3
_PARTS_SHOWN = 4


class PreparedAnswer(Struct, frozen=True):
    """`structured` stands where one word was asked about. All citations are already read."""

    text: str
    citations: tuple[Citation, ...] = ()
    structured: Definition | None = None


def look_up(intent: Intent, question: Question, subject: str = "") -> PreparedAnswer | None:
    """What was prepared for the question's place with this intent; None where that is nothing."""
    return _LOOKUPS[intent](question, subject)


def sentence_span(question: Question) -> tuple[int, int]:
    """First and last word of the sentence that the child is in."""
    last = question.visible_to_word_index
    sentences = question.chapters[-1].sentences if question.chapters else ()
    return (sentences[-1].first_word_index if sentences else last), last


def here(question: Question, *kinds: PreparedKind) -> list[PreparedEntry]:
    """The entries of these kinds about the child's sentence, in the order of its words."""
    first, last = sentence_span(question)
    entries = (entry for entry in question.prepared if entry.kind in kinds)
    return sorted(
        (entry for entry in entries if entry.first <= last and entry.last >= first),
        key=lambda entry: entry.first,
    )


def story_so_far(question: Question) -> list[PreparedEntry]:
    """Each finished chapter in a line, then the parts of the chapter that the child is in."""
    chapters = [entry for entry in question.prepared if entry.kind == "chapter"]
    told = chapters[-1].last if chapters else -1
    parts = [entry for entry in question.prepared if entry.kind == "part" and entry.last > told]
    return [*chapters, *parts]


def _word(question: Question, subject: str) -> PreparedAnswer | None:
    wanted = _stems(subject)
    fitting = [entry for entry in here(question, "sense", "phrase") if _fits(entry, wanted)]
    tapped = question.kind == "word"
    if tapped:
        at = question.word_index
        fitting = [entry for entry in fitting if entry.first <= at <= entry.last]
    elif not fitting:
        known = (entry for entry in question.prepared if entry.kind in ("sense", "phrase"))
        fitting = [entry for entry in known if _stems(entry.subject) == wanted][-1:]
    if not fitting:
        return None
    # "take turns" says more of the asked "turns" than the word alone would.
    entry = max(fitting, key=lambda each: (each.kind == "phrase", each.first))
    return PreparedAnswer(_meaning(entry), _cited([entry]), Definition(entry.subject, entry.text))


def _fits(entry: PreparedEntry, wanted: frozenset[str]) -> bool:
    """Whether the word is part of the entry's subject, or the subject part of what is asked."""
    subject = _stems(entry.subject)
    if wanted <= subject:
        return bool(wanted)
    return len(subject) > 1 and subject <= wanted


def _sentence_meaning(question: Question, _: str) -> PreparedAnswer | None:
    meanings = here(question, "phrase", "sense")[:_MOST_MEANINGS]
    easier = here(question, "easier")
    if not meanings:
        return _easier(question, "")
    text = " ".join(_meaning(entry) for entry in meanings)
    if easier and len(meanings) < _MOST_MEANINGS:
        text = f"{text} So it says: {easier[-1].text}"
    return PreparedAnswer(text, _cited(meanings))


def _easier(question: Question, _: str) -> PreparedAnswer | None:
    easier = here(question, "easier")
    if not easier:
        return None
    return PreparedAnswer(" ".join(entry.text for entry in easier), _cited(easier))


def _why(question: Question, _: str) -> PreparedAnswer | None:
    return _told(asked_cause(question, sentence_span(question)))


def _checkpoint(question: Question, _: str) -> PreparedAnswer | None:
    return _told(asked_checkpoint(question.text, question.prepared))


def _so_far(question: Question, _: str) -> PreparedAnswer | None:
    lines = story_so_far(question)
    if not lines:
        return None
    return PreparedAnswer(" ".join(entry.text for entry in lines[-_PARTS_SHOWN:]))


def _who(question: Question, subject: str) -> PreparedAnswer | None:
    wanted = _stems(subject)
    people = [entry for entry in question.prepared if entry.kind == "person"]
    known = [entry for entry in people if wanted and _stems(entry.subject) >= wanted]
    if len({entry.subject for entry in known}) != 1:
        return None
    return _told(known[-1])


def _told(entry: PreparedEntry | None) -> PreparedAnswer | None:
    return None if entry is None else PreparedAnswer(entry.text, _cited([entry]))


def _cited(entries: Iterable[PreparedEntry]) -> tuple[Citation, ...]:
    return tuple(Citation(entry.first, entry.last - entry.first + 1) for entry in entries)


def _meaning(entry: PreparedEntry) -> str:
    return f"Here “{entry.subject}” means: {entry.text}."


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for part in text.split() if (word := plain(part)))


_LOOKUPS: Final[dict[Intent, Callable[[Question, str], PreparedAnswer | None]]] = {
    "word": _word,
    "meaning": _sentence_meaning,
    "easier": _easier,
    "why": _why,
    "so_far": _so_far,
    "who": _who,
    "checkpoint": _checkpoint,
}
