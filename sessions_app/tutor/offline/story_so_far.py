"""A question together with all that may answer it: the part read, its names, a dictionary."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from ..types import Dictionary, Question, Sentence
from .drafts import Draft
from .retrieval.names import NamesSoFar
from .retrieval.passages import Passages
from .understanding.intent import Intent


@dataclass(frozen=True)
class StorySoFar:
    """Nothing in it reaches beyond the sentence that the child is in. `asked` is the question in
    small letters, its spelling mended and what it refers back to named; `guessed` are the words
    that were put right by the book's own."""

    question: Question
    passages: Passages
    dictionary: Dictionary | None
    asked: str
    guessed: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> NamesSoFar:
        return NamesSoFar(self.passages.sentences, self.question.people)

    @property
    def here(self) -> Sentence | None:
        """The sentence that the child is in."""
        return self.passages.sentences[-1] if self.passages.sentences else None

    @property
    def level(self) -> int:
        """A school grade, 0 for kindergarten."""
        return self.question.reading_level

    def asking(self, asked: str, guessed: frozenset[str] = frozenset()) -> "StorySoFar":
        """The same story, asked something else."""
        changed = replace(self, asked=asked, guessed=guessed)
        if "names" in self.__dict__:
            changed.__dict__["names"] = self.names
        return changed


#: Gives an answer, or None where it has none and the next is asked.
Answerer = Callable[[Intent, StorySoFar], Draft | None]
