"""What a class stumbled over: questions, places and words to come back to together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median_low

from library.book_structure import book_structure
from library.models import Book, Checkpoint

from ..tables import Column, ReportTable, report_table
from .reading_records import AttemptRecord, QuestionRecord, ReadingRecord

#: Fewer children than this say more about one child than about a question.
CHILDREN_THAT_COUNT = 2
PLACE_WORDS = 60
MOST_PLACES = 12
MOST_WORDS = 40
MOST_QUESTIONS = 20


@dataclass
class TriedCheckpoint:
    """A question in a book with every attempt at it, by child (primary key)."""

    book: Book
    checkpoint: Checkpoint
    attempts: list[tuple[int, AttemptRecord]] = field(default_factory=list)

    @property
    def first_tries(self) -> list[AttemptRecord]:
        """Each child's first try, in whichever reading of the book it was."""
        firsts: dict[int, AttemptRecord] = {}
        for child, attempt in sorted(self.attempts, key=lambda entry: entry[1].at):
            if attempt.number == 1:
                firsts.setdefault(child, attempt)
        return list(firsts.values())

    @property
    def right_share(self) -> float:
        """How many of the first tries were right, from 0 to 1."""
        firsts = self.first_tries
        return sum(attempt.correct for attempt in firsts) / len(firsts)

    @property
    def commonest_wrong_answer(self) -> str:
        """The wrong answer given most often, if it was given more than once."""
        wrong = Counter(attempt.answer for _, attempt in self.attempts if not attempt.correct)
        answer, times = max(wrong.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        return answer if times >= CHILDREN_THAT_COUNT else ""


def difficult_questions_table(records: Sequence[ReadingRecord]) -> ReportTable:
    """Questions in books by how few children were right at their first try."""
    tried: dict[int, TriedCheckpoint] = {}
    for record in records:
        for attempt in filter(lambda attempt: attempt.has_right_answer, record.attempts):
            entry = TriedCheckpoint(record.session.book, attempt.checkpoint)
            entry = tried.setdefault(attempt.checkpoint.pk, entry)
            entry.attempts.append((record.student.pk, attempt))
    by_many = [entry for entry in tried.values() if len(entry.first_tries) >= CHILDREN_THAT_COUNT]
    columns: list[Column[TriedCheckpoint]] = [
        Column("Book", lambda entry: entry.book.title),
        Column("Question", lambda entry: entry.checkpoint.question),
        Column("Kind", lambda entry: entry.checkpoint.kind),
        Column("Children who answered", lambda entry: len(entry.first_tries), "number"),
        Column("Right at first try", lambda entry: entry.right_share, "percent"),
        Column("Most frequent wrong answer", lambda entry: entry.commonest_wrong_answer),
    ]
    return report_table(
        "difficult",
        "Questions in books, the most difficult first",
        columns,
        sorted(by_many, key=lambda entry: (entry.right_share, -len(entry.first_tries))),
        empty="No question was answered by two children or more.",
        most=MOST_QUESTIONS,
    )


#: A question and who asked it (primary key).
AskedBy = tuple[int, QuestionRecord]


def places_table(records: Sequence[ReadingRecord]) -> ReportTable:
    """Where in the books most children stopped to ask: a place is a few sentences."""
    places: dict[tuple[int, int], list[AskedBy]] = defaultdict(list)
    titles = {record.session.book_id: record.session.book.title for record in records}
    for record in records:
        for question in record.questions:
            place = (record.session.book_id, question.word_index // PLACE_WORDS)
            places[place].append((record.student.pk, question))
    columns: list[Column[tuple[int, list[AskedBy]]]] = [
        Column("Book", lambda place: titles[place[0]]),
        Column("Around the sentence", lambda place: _sentence(*place)),
        Column("Questions", lambda place: len(place[1]), "number"),
        Column("Children", lambda place: _children(place[1]), "number"),
        Column("Words asked about", lambda place: _words(place[1])),
    ]
    most_asked = sorted(
        places.items(), key=lambda item: (_children(item[1]), len(item[1]), item[0]), reverse=True
    )
    return report_table(
        "places",
        "Where children stopped to ask",
        columns,
        [(book, asked) for (book, _), asked in most_asked[:MOST_PLACES]],
        empty="Nobody asked in this time.",
    )


def _children(asked: Sequence[AskedBy]) -> int:
    return len({child for child, _ in asked})


def _sentence(book: int, asked: Sequence[AskedBy]) -> str:
    """The book's own: what a client sent along could be anything."""
    middle = median_low([question.word_index for _, question in asked])
    return book_structure(book).sentence_text(middle)


def _words(asked: Sequence[AskedBy]) -> str:
    return ", ".join(sorted({question.word for _, question in asked if question.word}))


@dataclass
class LookedUpWord:
    """A word, what it was said to mean last, and who looked it up (primary keys)."""

    word: str
    meaning: str = ""
    book_title: str = ""
    times: int = 0
    children: set[int] = field(default_factory=set)


def words_table(records: Sequence[ReadingRecord], *, of_a_class: bool) -> ReportTable:
    """Every word that was looked up and how often, and in a class by how many."""
    words: dict[str, LookedUpWord] = {}
    for record in records:
        for question in filter(lambda question: question.word, record.questions):
            key = question.word.casefold()
            entry = words.setdefault(key, LookedUpWord(key))
            entry.meaning, entry.book_title = question.meaning, record.session.book.title
            entry.times += 1
            entry.children.add(record.student.pk)
    columns: list[Column[LookedUpWord]] = [
        Column("Word", lambda entry: entry.word),
        Column("Meaning", lambda entry: entry.meaning),
        Column("Book", lambda entry: entry.book_title),
        Column("Times", lambda entry: entry.times, "number"),
    ]
    if of_a_class:
        columns.append(Column("Children", lambda entry: len(entry.children), "number"))
    return report_table(
        "words",
        "Words looked up",
        columns,
        sorted(words.values(), key=lambda entry: (-len(entry.children), -entry.times, entry.word)),
        empty="No words were looked up.",
        most=MOST_WORDS,
    )
