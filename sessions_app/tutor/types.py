"""What goes into a tutor and what comes out: frozen data and one protocol, nothing else.

A tutor is given the book only up to the child's position, so what lies ahead cannot be told.
All positions are word indexes over the whole book, 0-based.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Protocol

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import astuple

from library.language.entries import Entry
from library.language.prepared import PreparedEntry as PreparedEntry
from library.language.so_far import ChapterSoFar as ChapterSoFar
from library.language.so_far import Sentence as Sentence

from .concern import NO_CONCERN, Concern

QuestionKind = Literal["text", "voice", "word"]
ResponseType = Literal["text", "definition", "explanation", "example", "mixed"]
SuggestedAction = Literal["repeat", "continue", "ask_more", "practice"]

#: `Answer.flags`: the question or the model's answer held private data, adult matters or an
#: attempt to change the tutor's rules, and a fixed kind sentence was given instead.
SCREENED = "screened"

OFFLINE = "offline"

#: What an answer's fields are called on the wire.
_ANSWER_NAMES = {
    "text": "responseText",
    "response_type": "responseType",
    "answered_by": "answeredBy",
    "visible_to_word_index": "visibleToWordIndex",
    "structured": "structuredData",
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question of this session and its answer."""

    question: str
    answer: str


class Unread(Protocol):
    """The book behind the child's place: never shown to a model, only held against what it wrote.
    `prepare` may take a while the first time; the others are quick after it."""

    def prepare(self) -> None: ...

    def holds_run(self, text: str) -> bool:
        """Whether eight words of `text` in a row stand in the book only behind the place."""
        ...

    def names_in(self, text: str) -> list[str]:
        """The names in `text`, in small letters, that the book has only behind the place."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """A child's question and all that a tutor may know about it.

    `reading_level` is a school grade, 0 for kindergarten. `sentence` is the one that the child is
    in, `visible_to_word_index` its last word; `chapters` end there, the current one last. `kind`
    "word" says that the child clicked a word: `text` is that word or a question about it.
    `glossary` maps words, `people` names, to what the book's editor says of them; both hold only
    what may be told at this position. `helpline` is whom the school names for a child in
    trouble, "" for nobody. `checkpoints` are the page's questions up to here that the child has
    not answered. `unread` is the rest of the book. Only where `may_ask_model` is anything sent
    to a model; `school` is whose budget pays for it.
    """

    text: str
    kind: QuestionKind
    book_title: str
    author: str
    language: str
    reading_level: int
    sentence: str
    word_index: int
    visible_to_word_index: int
    chapters: tuple[ChapterSoFar, ...] = ()
    earlier: tuple[Exchange, ...] = ()
    glossary: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    prepared: tuple[PreparedEntry, ...] = ()
    helpline: str = ""
    checkpoints: tuple[str, ...] = ()
    unread: Unread | None = None
    may_ask_model: bool = True
    school: int | None = None


class Definition(Struct, frozen=True, rename="camel"):
    """The structured side of an answer about a word."""

    word: str
    definition: str
    examples: tuple[str, ...] = ()
    related_words: tuple[str, ...] = ()


class Citation(Struct, frozen=True, rename="camel"):
    """`length` words of the book from `word_index` on, all of them already read."""

    word_index: int
    length: int


class Suggestion(Struct, frozen=True):
    """A way on that the page offers as a button."""

    text: str
    action: SuggestedAction


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of the answer's text."""

    text: str


@dataclass(frozen=True, slots=True)
class Restart:
    """What was streamed so far is void; the answer starts anew."""


class ToldAnswer(Struct, frozen=True, rename=_ANSWER_NAMES):
    """The whole answer, as it crosses the wire.

    `text` equals the deltas since the last `Restart`, joined. `answered_by` is "offline" or the
    model's name.
    """

    text: str
    response_type: ResponseType
    answered_by: str
    visible_to_word_index: int
    structured: Definition | UnsetType = UNSET
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class Usage(Struct, frozen=True, omit_defaults=True):
    """What asking a model took: tokens as its server counted them, and their price in millionths
    of a US dollar. `input_tokens` are those that no cache had to do with."""

    input_tokens: int = 0
    cache_write_tokens: int = 0
    cache_read_tokens: int = 0
    output_tokens: int = 0
    microdollars: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        both = zip(astuple(self), astuple(other), strict=True)
        return Usage(*(mine + theirs for mine, theirs in both))


NO_USAGE = Usage()


class Answer(ToldAnswer, frozen=True, rename=_ANSWER_NAMES):
    """The whole answer with its marks, as it is sealed; always the last item of a stream, and
    only once. The marks (`flags`, the `concern` that the question raised, and the `usage` of
    every model that was asked for it) are for grown-ups and never sent to the child."""

    flags: frozenset[str] = frozenset()
    concern: Concern = NO_CONCERN
    usage: Usage = NO_USAGE


StreamItem = TextDelta | Restart | Answer


class TutorError(Exception):
    """No answer came. The message never holds a child's words, the book's or the model's.

    `of_service` says that the service failed, whatever was asked; `usage` is what it took.
    """

    of_service: ClassVar[bool] = False

    def __init__(self, message: str = "", *, usage: Usage = NO_USAGE) -> None:
        super().__init__(message)
        self.usage = usage


class TutorUnavailable(TutorError):
    """The model cannot be reached, refuses the key, is overloaded or broke off."""

    of_service = True


class TutorTimeout(TutorError):
    """The first word, the next one or the whole answer took too long."""

    of_service = True


class RequestRefused(TutorError):
    """The model's server does not take this one request."""


class AnswerBlocked(TutorError):
    """The model declined to answer, and asking again would not help."""


class AnswerUnfit(TutorError):
    """What the model wrote is not for this child at this place of the book."""


class Tutor(Protocol):
    """Answers questions. One instance serves every session of a process at once."""

    def answer(self, question: Question) -> AsyncIterator[StreamItem]:
        """Stream the answer, ending with one `Answer`; raises a `TutorError` when none comes."""
        ...

    async def aclose(self) -> None:
        """Give back connections; the tutor is not used afterwards."""
        ...


class Dictionary(Protocol):
    """Looks words up, in whatever form they stand in the text."""

    def look_up(self, word: str, context: str = "") -> Entry | None:
        """The entry for `word` (any inflection), the sense that fits `context` first, or None."""
        ...

    def knows(self, word: str) -> bool:
        """Whether `word` is a word at all, be it one that is not explained to children."""
        ...
