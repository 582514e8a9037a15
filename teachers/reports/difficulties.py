"""What a class stumbled over: questions, places and words to come back to together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import median_low

from library.book_structure import book_structure
from library.models import Checkpoint

from .reading_records import Attempt, Record
from .tables import Column, Table, Value

#: Fewer children than this say more about one child than about a question.
CHILDREN_THAT_COUNT = 2
PLACE_WORDS = 60
MOST_PLACES = 12
MOST_WORDS = 40
MOST_QUESTIONS = 20


def difficult_table(records: Sequence[Record]) -> Table:
    """Questions in books by how few children were right at their first try."""
    tried: dict[int, list[tuple[int, Attempt]]] = defaultdict(list)
    titles: dict[int, str] = {}
    for record in records:
        for attempt in record.attempts:
            if attempt.checkpoint.kind != Checkpoint.Kind.PREDICTION:
                tried[attempt.checkpoint.pk].append((record.student.pk, attempt))
                titles[attempt.checkpoint.pk] = record.session.book.title
    found: list[tuple[float, int, list[Value]]] = []
    for key, attempts in tried.items():
        first = _first_tries(attempts)
        if len(first) < CHILDREN_THAT_COUNT:
            continue
        right = sum(attempt.correct for attempt in first) / len(first)
        checkpoint = first[0].checkpoint
        row: list[Value] = [
            titles[key],
            checkpoint.question,
            checkpoint.kind,
            len(first),
            right,
            _commonest([attempt.answer for _, attempt in attempts if not attempt.correct]),
        ]
        found.append((right, -len(first), row))
    columns = [
        Column("Book"),
        Column("Question"),
        Column("Kind"),
        Column("Children who answered", "number"),
        Column("Right at first try", "percent"),
        Column("Most frequent wrong answer"),
    ]
    return Table(
        "difficult",
        "Questions in books, the most difficult first",
        columns,
        [row for *_, row in sorted(found, key=lambda each: each[:2])],
        "No question was answered by two children or more.",
        most=MOST_QUESTIONS,
    )


def _first_tries(attempts: Sequence[tuple[int, Attempt]]) -> list[Attempt]:
    """Each child's first try, in whichever reading of the book it was."""
    found: dict[int, Attempt] = {}
    for child, attempt in attempts:
        if attempt.number == 1 and (child not in found or attempt.at < found[child].at):
            found[child] = attempt
    return list(found.values())


def _commonest(answers: Sequence[str]) -> str:
    """The answer given most often, if it was given more than once."""
    counted = Counter(answers)
    most = max(counted.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    return most[0] if most[1] >= CHILDREN_THAT_COUNT else ""


def places_table(records: Sequence[Record]) -> Table:
    """Where in the books most children stopped to ask."""
    asked: dict[tuple[int, int], list[tuple[int, int, str]]] = defaultdict(list)
    titles: dict[int, str] = {}
    for record in records:
        titles[record.session.book_id] = record.session.book.title
        for question in record.questions:
            key = (record.session.book_id, question.word_index // PLACE_WORDS)
            asked[key].append((record.student.pk, question.word_index, question.word))
    found = sorted(
        (
            (len({student for student, _, _ in told}), len(told), place)
            for place, told in asked.items()
        ),
        reverse=True,
    )
    rows: list[list[Value]] = []
    for children, times, place in found[:MOST_PLACES]:
        words = sorted({word for _, _, word in asked[place] if word})
        at = median_low([word_index for _, word_index, _ in asked[place]])
        # The book's own sentence: what a client sent along could be anything.
        sentence = book_structure(place[0]).sentence_text(at)
        rows.append([titles[place[0]], sentence, times, children, ", ".join(words)])
    columns = [
        Column("Book"),
        Column("Around the sentence"),
        Column("Questions", "number"),
        Column("Children", "number"),
        Column("Words asked about"),
    ]
    return Table(
        "places", "Where children stopped to ask", columns, rows, "Nobody asked in this time."
    )


def words_table(records: Sequence[Record], *, of_a_class: bool) -> Table:
    """Every word that was looked up and how often, and in a class by how many."""
    times: dict[str, int] = defaultdict(int)
    said: dict[str, tuple[str, str]] = {}
    who: dict[str, set[int]] = defaultdict(set)
    for record in records:
        for question in record.questions:
            if question.word:
                key = question.word.casefold()
                times[key] += 1
                who[key].add(record.student.pk)
                said[key] = (question.meaning, record.session.book.title)
    rows: list[list[Value]] = [
        [word, *said[word], times[word], *([len(who[word])] if of_a_class else [])]
        for word in sorted(said, key=lambda each: (-len(who[each]), -times[each], each))
    ]
    columns = [Column("Word"), Column("Meaning"), Column("Book"), Column("Times", "number")]
    if of_a_class:
        columns.append(Column("Children", "number"))
    empty = "No words were looked up."
    return Table("words", "Words looked up", columns, rows, empty, most=MOST_WORDS)
