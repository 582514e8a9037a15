"""A reading with something of everything in it, made by the messages that children send."""

from __future__ import annotations

from library.models import Book
from readerai.accounts.models import Student
from sessions_app.domain import answers
from sessions_app.messages import CheckpointAnswer, PauseSession, RaiseHand
from sessions_app.messages.base import GiveAnswer
from sessions_app.messages.student_interruption import QuestionContext, StudentInterruption
from sessions_app.models import Session
from sessions_app.tutor.types import Answer
from tests.sessions_app.acting import Child, connected
from tests.sessions_app.cast import AT_GLIMMER

QUESTION = "Why is the lamp so rusty?"
ANSWER = "It lay in the damp shed for many years."
GUESS = "a loud noise"


def open_reading(student: Student, book: Book) -> tuple[Session, Child]:
    """A session that is connected, and its child."""
    child = connected(student, book)
    return Session.objects.get(pk=child.session_id), child


def read_a_little(student: Student, book: Book) -> Session:
    session, child = open_reading(student, book)
    child.read_to(AT_GLIMMER, id=1)
    ask_and_answer(child)
    child.say(CheckpointAnswer(checkpoint_id="glimmer", answer=GUESS), id=3)
    child.say(RaiseHand(), id=4)
    child.say(PauseSession(), id=5)
    session.refresh_from_db()
    return session


def ask_and_answer(child: Child, question: str = QUESTION) -> None:
    context = QuestionContext(
        book="the-lamp",
        current_word_index=8,
        current_sentence="It was green with rust.",
        surrounding_text="an old lamp",
    )
    asked = child.say(StudentInterruption(question_text=question, context=context), id=2)
    [effect] = asked.effects
    assert isinstance(effect, GiveAnswer)
    claim = answers.claim(interruption_id=effect.interruption_id, server="here", attempt=1)
    answers.save_partial(claim=claim, text=ANSWER[:9], next_index=1)
    answers.finish(claim=claim, answer=answer_of(ANSWER))


def answer_of(text: str) -> Answer:
    return Answer(text=text, response_type="text", answered_by="offline", visible_to_word_index=10)
