"""What the model is sent: who it is, the book up to the child's position, the question.

Finished chapters come first, each in a block of its own, the last with a cache mark: they stay the
same from question to question and from child to child, so that only the current chapter is read
anew, and a chapter more is added to what is cached already. The chapter in hand has a mark of its
own, behind the last piece of it that will not change any more. Nothing about the child, not even
the reading level, stands before them. Book and child are data; each stands in a tag that their own
text cannot close. Every block ends with a gap: some servers join blocks as they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..checking import MissKind
from ..guard import redact
from ..types import Exchange, Question
from .book_so_far import BookSoFar, book_so_far
from .options import BOOK_TOKENS
from .role import ROLE, band_of

#: UTF-8 bytes to a token, about: of English, and safely of other languages.
BYTES_PER_TOKEN = 3.5
_EARLIER_KEPT = 6
_EARLIER_CHARS = 600
_MOST_NOTES = 40
_TAG_LIKE = re.compile(r"<(?=\s*/?\s*[A-Za-z!])")
#: What a second try is told of the first.
_MENDING: dict[MissKind, str] = {
    "unfit": "said something that is not for children",
    "ahead": "told what comes later in the book",
    "name": "named somebody who has not come yet",
    "quotation": "put words in quotation marks that do not stand in the book so far; use none",
    "hard": "was too hard for this child: use much shorter sentences and easier words",
    "language": "was in another language than the child's",
    "never said": "said something that a reading helper does not say",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A text block of a message; `cached` ones end a prefix that repeats between questions, and
    `lasts` says that this one does so for a whole chapter."""

    text: str
    cached: bool = False
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """What to send: the system text and the blocks of the one user message."""

    system: str
    blocks: tuple[Block, ...]

    @property
    def characters(self) -> int:
        """How long all of it is."""
        return len(self.system) + sum(len(block.text) for block in self.blocks)

    @property
    def prefix(self) -> int:
        """A hash of what repeats from question to question for a whole chapter."""
        lasting = [at for at, block in enumerate(self.blocks) if block.lasts]
        return hash(self.blocks[: lasting[-1] + 1]) if lasting else 0


def build_prompt(
    question: Question, *, budget_tokens: int = BOOK_TOKENS, mending: MissKind | None = None
) -> Prompt:
    """The whole request for a question, with at most about `budget_tokens` of the book.

    `mending` is what was wrong with an answer that nobody saw.
    """
    book = book_so_far(question, int(budget_tokens * BYTES_PER_TOKEN))
    *stable, growing = book.current or ("",)
    head = _chapter_head(book)
    parts = [
        f"{'' if stable else head}{as_data(growing)}\n</current_chapter>",
        _passages(book),
        _book_words(question),
        _earlier(question.earlier),
        _open_questions(question.checkpoints),
        _asked(question),
        f"Your last answer, which the child was not shown, {_MENDING[mending]}." if mending else "",
    ]
    blocks = [
        Block(_opening(question, book)),
        *_finished_blocks(book),
        *_stable_blocks(head, stable),
        Block("\n\n".join(part for part in parts if part)),
    ]
    return Prompt(system=ROLE, blocks=tuple(blocks))


def as_data(text: str) -> str:
    """`text` so that it cannot open or close a tag of the prompt."""
    return _TAG_LIKE.sub("‹", text)


def _opening(question: Question, book: BookSoFar) -> str:
    author = f" by {as_data(question.author)}" if question.author else ""
    about = f"<book>\n“{as_data(question.book_title)}”{author}\n</book>\n\n"
    if not book.finished:
        return about
    if book.is_whole:
        return f"{about}The chapters that the child has finished.\n\n<finished_chapters>\n\n"
    return (
        f"{about}The chapters that the child has finished, each in a few of its own "
        "sentences; much of each is left out. What an answer needs may stand in <passages>."
        "\n\n<finished_chapters>\n\n"
    )


def _finished_blocks(book: BookSoFar) -> list[Block]:
    if not book.finished:
        return []
    *earlier, last = (
        f"Chapter “{as_data(title)}”\n{as_data(text)}\n\n" for title, text in book.finished
    )
    return [*(Block(text) for text in earlier), Block(last, cached=True, lasts=True)]


def _chapter_head(book: BookSoFar) -> str:
    end = "</finished_chapters>\n\n" if book.finished else ""
    later = " Its beginning is left out." if book.begins_later else ""
    return (
        f"{end}The chapter that the child is in, up to where they are.{later}\n\n"
        f"<current_chapter>\nChapter “{as_data(book.title)}”\n"
    )


def _stable_blocks(head: str, pieces: Sequence[str]) -> list[Block]:
    """The pieces of the chapter that are whole: they stay the same while the child reads on."""
    if not pieces:
        return []
    first, *others = (f"{as_data(piece)} \n" for piece in pieces)
    *earlier, last = (head + first, *others)
    return [*(Block(text) for text in earlier), Block(last, cached=True)]


def _passages(book: BookSoFar) -> str:
    if not book.passages:
        return ""
    rows = [
        f"From “{as_data(passage.chapter.title)}”: {as_data(passage.text)}"
        for passage in book.passages
    ]
    return "<passages>\n" + "\n\n".join(rows) + "\n</passages>"


def _book_words(question: Question) -> str:
    """The book's own notes on the words and people of this place."""
    near = f"{question.text} {question.sentence}".lower()
    notes = {**question.people, **question.glossary}
    asked = [name for name in notes if name.lower() in near]
    others = [name for name in question.people if name not in asked]
    rows = [f"{name}: {notes[name]}" for name in (*asked, *others)[:_MOST_NOTES]]
    return f"<book_words>\n{as_data(chr(10).join(rows))}\n</book_words>" if rows else ""


def _earlier(earlier: Sequence[Exchange]) -> str:
    rows = [
        f"Child: {as_data(redact(_short(exchange.question)))}\n"
        f"You: {as_data(_short(exchange.answer))}"
        for exchange in earlier[-_EARLIER_KEPT:]
    ]
    if not rows:
        return ""
    return "<earlier_questions>\n" + "\n\n".join(rows) + "\n</earlier_questions>"


def _short(text: str) -> str:
    return text if len(text) <= _EARLIER_CHARS else text[:_EARLIER_CHARS] + "…"


def _open_questions(checkpoints: Sequence[str]) -> str:
    if not checkpoints:
        return ""
    return "<open_questions>\n" + as_data("\n".join(checkpoints)) + "\n</open_questions>"


def _asked(question: Question) -> str:
    how = {
        "text": "The child typed this question.",
        "voice": "The child spoke this question; the computer may have misheard a word.",
        "word": "The child tapped a word in the current sentence and wants to know about it.",
    }[question.kind]
    band = band_of(question.reading_level)
    return (
        f"<this_child>\n{band.style} For example: {band.example}\nAnswer in the language of the "
        f"question; where it has none, in “{question.language}”.\n</this_child>\n\n"
        f"<current_sentence>\n{as_data(question.sentence)}\n</current_sentence>\n\n"
        f"{how}\n\n<question>\n{as_data(redact(question.text))}\n</question>"
    )
