"""A reading with something of everything in it, made by the domain's own verbs."""

from __future__ import annotations

from library.models import Book
from readerai.accounts.models import Student
from sessions_app.domain import answers, checkpoints, interruptions, lifecycle, progress, reading
from sessions_app.domain.interruptions import NewQuestion
from sessions_app.domain.progress import Progress
from sessions_app.models import Session
from sessions_app.tutor.types import Answer
from tests.sessions_app.cast import AT_GLIMMER, sign_in

QUESTION = "Why is the lamp so rusty?"
ANSWER = "It lay in the damp shed for many years."
GUESS = "a very loud bee"


def open_reading(student: Student, book: Book) -> tuple[Session, int]:
    """A session that is connected, and the number of its connection."""
    session = lifecycle.start(student=student, book=book)
    opened = lifecycle.open_connection(
        session_id=session.pk, user=student.user, sign_in=sign_in(student.user), server="here"
    )
    return session, opened.owner


def read_a_little(student: Student, book: Book) -> Session:
    session, owner = open_reading(student, book)
    place = Progress(session.pk, owner, AT_GLIMMER, seconds=20.0, words=30, ids=[1])
    place.report(AT_GLIMMER, None, True, None)
    progress.save_batch([place])
    ask_and_answer(session, owner)
    checkpoints.answer_checkpoint(
        session_id=session.pk, owner=owner, checkpoint_id="glimmer", answer=GUESS, client_id=3
    )
    reading.set_hand(session_id=session.pk, owner=owner, raised=True, client_id=4)
    lifecycle.pause(session_id=session.pk, owner=owner, client_id=5)
    session.refresh_from_db()
    return session


def ask_and_answer(session: Session, owner: int, question: str = QUESTION) -> None:
    asked = interruptions.ask(
        session_id=session.pk,
        owner=owner,
        question=NewQuestion(
            text=question,
            kind="text",
            book="the-lamp",
            word_index=8,
            sentence="It was green with rust.",
            surrounding_text="an old lamp",
        ),
        server="here",
        client_id=2,
    )
    claim = answers.claim(interruption_id=asked.interruption_id, server="here", attempt=1)
    answers.save_partial(claim=claim, text=ANSWER[:9], next_index=1)
    answers.finish(claim=claim, answer=answer_of(ANSWER))


def answer_of(text: str) -> Answer:
    return Answer(text=text, response_type="text", answered_by="offline", visible_to_word_index=10)
