"""One child, or a class, over time: the tables and plots of a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from django.urls import reverse
from django.utils.safestring import SafeString

from library.models import Checkpoint
from library.reading import book_structure
from readerai.accounts.models import Student

from . import plots
from .periods import Period
from .plots import Axis
from .records import Attempt, Record
from .sums import Sums, by_step, sums_of
from .tables import Column, Link, Table, Value

#: Fewer answers than this say more about one child than about a question.
ANSWERS_THAT_COUNT = 2
PLACE_WORDS = 60
MOST_PLACES = 12


@dataclass(frozen=True)
class Plot:
    title: str
    svg: SafeString


def time_table(records: Sequence[Record], period: Period) -> Table:
    """A row per day or week."""
    rows: list[list[Value]] = [
        [
            step.first,
            sums.minutes,
            sums.words,
            sums.pace,
            sums.questions,
            len(sums.looked_up),
            sums.comprehension,
            len(sums.finished),
        ]
        for step, sums in zip(period.steps, by_step(records, period), strict=True)
    ]
    columns = [
        Column("Day" if period.by_day else "Week from", "day"),
        Column("Reading time", "number", "min"),
        Column("Words read", "number"),
        Column("Pace", "number", "words per min"),
        Column("Questions asked", "number"),
        Column("Words looked up", "number"),
        Column("Right at first try", "percent"),
        Column("Books finished", "number"),
    ]
    return Table("days", "By day" if period.by_day else "By week", columns, rows)


def time_plots(records: Sequence[Record], period: Period) -> list[Plot]:
    """Minutes, pace and comprehension over the period."""
    steps = by_step(records, period)
    labels = [step.label for step in period.steps]
    across = Axis("day" if period.by_day else "week from")
    drawn: list[tuple[str, str, list[float | None], float | None]] = [
        ("Reading time", "minutes", [sums.minutes for sums in steps], None),
        ("Pace", "words per minute", [sums.pace for sums in steps], None),
        (
            "Right at the first try",
            "% of questions",
            [_hundred(sums) for sums in steps],
            100.0,
        ),
    ]
    return [
        Plot(title, plots.bars(title, labels, values, x=across, y=Axis(unit), top=top))
        for title, unit, values, top in drawn
    ]


def _hundred(sums: Sums) -> float | None:
    return None if sums.comprehension is None else 100 * sums.comprehension


def books_table(records: Sequence[Record]) -> Table:
    """A row per session, the newest first."""
    rows: list[list[Value]] = [
        [
            Link(
                record.session.book.title,
                reverse("teacher-session", args=[record.session.pk]),
            ),
            record.session.started_at,
            record.session.last_active_at,
            record.progress,
            round(record.seconds / 60, 1),
            record.state.reading_speed,
            len(record.questions),
            record.session.status,
        ]
        for record in reversed(records)
    ]
    columns = [
        Column("Book"),
        Column("Begun", "time"),
        Column("Last read", "time"),
        Column("Place", "percent"),
        Column("Reading time", "number", "min"),
        Column("Pace", "number", "words per min"),
        Column("Questions asked", "number"),
        Column("Status"),
    ]
    return Table("books", "Books", columns, rows, "No book was opened in this time.")


def words_table(records: Sequence[Record]) -> Table:
    """Every word that was looked up, with who did how often."""
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
        [word, said[word][0], said[word][1], times[word], len(who[word])]
        for word in sorted(said, key=lambda each: (-len(who[each]), -times[each], each))
    ]
    columns = [
        Column("Word"),
        Column("Meaning"),
        Column("Book"),
        Column("Times", "number"),
        Column("Children", "number"),
    ]
    return Table("words", "Words looked up", columns, rows, "No words were looked up.")


def children_table(records: Sequence[Record], students: Sequence[Student], period: Period) -> Table:
    """A row per child of the class, whether they read or not."""
    mine: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        mine[record.student.pk].append(record)
    rows: list[list[Value]] = []
    for student in students:
        sums = sums_of(mine[student.pk], period)
        name = Link(student.display_name, reverse("teacher-student", args=[student.slug]))
        rows.append(
            [
                name,
                sums.minutes,
                len(sums.days),
                sums.words,
                sums.pace,
                len(sums.books),
                len(sums.finished),
                sums.questions,
                len(sums.looked_up),
                sums.comprehension,
            ]
        )
    columns = [
        Column("Child"),
        Column("Reading time", "number", "min"),
        Column("Days", "number"),
        Column("Words read", "number"),
        Column("Pace", "number", "words per min"),
        Column("Books read in", "number"),
        Column("Finished", "number"),
        Column("Questions", "number"),
        Column("Words looked up", "number"),
        Column("Right at first try", "percent"),
    ]
    return Table("children", "Child by child", columns, rows)


def children_plot(table: Table) -> Plot:
    names = [value.text if isinstance(value, Link) else "" for value, *_ in table.rows]
    minutes = [float(row[1]) if isinstance(row[1], float | int) else 0.0 for row in table.rows]
    title = "Reading time by child"
    drawn = plots.bars(title, names, minutes, x=Axis("child"), y=Axis("minutes"))
    return Plot(title, drawn)


def difficult_table(records: Sequence[Record]) -> Table:
    """Questions in books by how few were right at the first try."""
    tried: dict[int, list[Attempt]] = defaultdict(list)
    titles: dict[int, str] = {}
    for record in records:
        for attempt in record.attempts:
            if attempt.checkpoint.kind != Checkpoint.Kind.PREDICTION:
                tried[attempt.checkpoint.pk].append(attempt)
                titles[attempt.checkpoint.pk] = record.session.book.title
    found: list[tuple[float, list[Value]]] = []
    for key, attempts in tried.items():
        first = [attempt for attempt in attempts if attempt.number == 1]
        if len(first) < ANSWERS_THAT_COUNT:
            continue
        right = sum(attempt.correct for attempt in first) / len(first)
        checkpoint = attempts[0].checkpoint
        wrong = _commonest([each.answer for each in attempts if not each.correct])
        row: list[Value] = [
            titles[key],
            checkpoint.question,
            checkpoint.kind,
            len(first),
            right,
            wrong,
        ]
        found.append((right, row))
    columns = [
        Column("Book"),
        Column("Question"),
        Column("Kind"),
        Column("Children who answered", "number"),
        Column("Right at first try", "percent"),
        Column("Most frequent wrong answer"),
    ]
    rows = [row for _, row in sorted(found, key=lambda each: each[0])]
    return Table(
        "difficult",
        "Questions in books, the most difficult first",
        columns,
        rows,
        "No question was answered by two children or more.",
    )


def _commonest(answers: Sequence[str]) -> str:
    return max(set(answers), key=lambda each: (answers.count(each), each), default="")


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
