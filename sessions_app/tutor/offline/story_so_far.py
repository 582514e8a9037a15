"""A question together with all that may answer it: the part read, its names, a dictionary."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from ..types import ChapterSoFar, Dictionary, Question, Sentence
from .drafts import Draft
from .retrieval.names import NamesSoFar
from .retrieval.passages import Passages
from .understanding.intent import Intent

_LONGEST = 1200  # letters of one sentence
_OPENING = re.compile(r"(?<![^\s(—-])\"(?=\S)")
_NEAR = 5  # sentences back in which "he" may have been named


_FRONT_MATTER = re.compile(
    r"(?:introduction|preface|foreword|contents|dedication|title ?page|imprint|copyright|"
    r"about (?:this|the) (?:book|author)|acknowledge?ments|list of)",
    re.IGNORECASE,
)


def story_of(question: Question) -> Question:
    """The question with what tells the story: no preface and the like, unless the child reads it,
    of a sentence without end, which is none, only the beginning, and speech in curly marks."""
    story = [one for one in question.chapters[:-1] if not _FRONT_MATTER.match(one.title)]
    chapters = tuple(map(_tidied, (*story, *question.chapters[-1:])))
    return replace(question, chapters=chapters, sentence=_curled(question.sentence[:_LONGEST]))


def _tidied(chapter: ChapterSoFar) -> ChapterSoFar:
    if not any(len(one.text) > _LONGEST or '"' in one.text for one in chapter.sentences):
        return chapter
    tidy = tuple(one._replace(text=_curled(one.text[:_LONGEST])) for one in chapter.sentences)
    return replace(chapter, sentences=tidy)


def _curled(text: str) -> str:
    """`text` with “ and ” for straight marks: an opening one has no letter before it."""
    return _OPENING.sub("“", text).replace('"', "”") if '"' in text else text


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

    def stands_for(self, pronoun: str) -> str | None:
        """Whom "he" or "she" means in the child's sentence, where the story makes it plain."""
        if self.here is None:
            return None
        before = re.split(rf"\b{pronoun}\b", self.here.text, maxsplit=1, flags=re.IGNORECASE)[0]
        earlier = reversed(self.passages.sentences[-_NEAR - 1 : -1])
        return self.names.stands_for(pronoun, [before, *(one.text for one in earlier)])

    def asking(self, asked: str, guessed: frozenset[str] = frozenset()) -> "StorySoFar":
        """The same story, asked something else."""
        changed = replace(self, asked=asked, guessed=guessed)
        if "names" in self.__dict__:
            changed.__dict__["names"] = self.names
        return changed


#: Gives an answer, or None where it has none and the next is asked.
Answerer = Callable[[Intent, StorySoFar], Draft | None]
