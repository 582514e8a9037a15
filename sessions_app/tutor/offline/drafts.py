"""An answer in the making, and the art of quoting the book in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import UNSET

from ..concern import NO_CONCERN, Concern
from ..types import Answer, Citation, Definition, Question, ResponseType, Sentence, Suggestion

CONTINUE = Suggestion("Go on reading", "continue")
HEAR_AGAIN = Suggestion("Hear this part again", "repeat")
ASK_MORE = Suggestion("Ask another question", "ask_more")
GUESS = Suggestion("Make a guess", "practice")
USE_THE_WORD = Suggestion("Use the word in a sentence of your own", "practice")
OWN_WORDS = Suggestion("Tell it in your own words", "practice")


@dataclass(frozen=True, slots=True)
class Draft:
    """All of an answer but who gives it and how far the child has read.

    `is_last_resort`: nothing that was read answers the question, so it may be about something
    else altogether.
    """

    text: str
    response_type: ResponseType = "text"
    structured: Definition | None = None
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[Suggestion, ...] = (CONTINUE, ASK_MORE)
    flags: frozenset[str] = frozenset()
    concern: Concern = NO_CONCERN
    is_last_resort: bool = False

    def answer(self, question: Question, answered_by: str) -> Answer:
        """The finished answer to `question`."""
        return Answer(
            text=self.text,
            response_type=self.response_type,
            answered_by=answered_by,
            visible_to_word_index=question.visible_to_word_index,
            structured=UNSET if self.structured is None else self.structured,
            citations=self.citations,
            suggestions=self.suggestions,
            flags=self.flags,
            concern=self.concern,
        )


def quote_limit(question: Question) -> int:
    """How many words of the book an answer at this level may quote."""
    return 30 if question.reading_level <= 1 else 45 if question.reading_level <= 3 else 60


def quoted(sentences: Sequence[Sentence], limit: int) -> tuple[str, tuple[Citation, ...]]:
    """Neighbouring sentences in quotation marks, cut at `limit` words, and where they stand."""
    parts: list[str] = []
    citations: list[Citation] = []
    left = limit
    for sentence in sentences:
        words = sentence.text.split()
        if left <= 0 or not words:
            break
        cut = len(words) > left + 4  # a few words more are better than half a thought
        taken = words[:left] if cut else words
        parts.append(" ".join(taken).rstrip(",;:—-") + ("…" if cut else ""))
        # The book's word count decides; ours only tells how much of it a cut quote shows.
        length = min(len(taken), sentence.word_count) if cut else sentence.word_count
        citations.append(Citation(sentence.first_word_index, length))
        left -= len(words)
    inner = _balanced(" ".join(parts)).translate(_INNER)
    return f"“{inner}”", tuple(citations)


def _balanced(text: str) -> str:
    """`text` with a partner for each quotation mark: talk may begin or end in other sentences."""
    depth = unopened = 0
    for letter in text:
        if letter == "“":
            depth = 1  # a speech that goes on in a new paragraph opens again without an end
        elif letter == "”" and depth:
            depth = 0
        elif letter == "”":
            unopened = 1
    return "“" * unopened + text + "”" * depth


_INNER = str.maketrans('“”"', "‘’'")


def and_list(names: Sequence[str]) -> str:
    """ "Temi", "Temi and Tobi", "Temi, Tobi and Dad"."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def capital(text: str) -> str:
    """`text` as a sentence begins."""
    return text[:1].upper() + text[1:]
