"""Sessions with something in them, made by the sessions' own verbs."""

from __future__ import annotations

from dataclasses import dataclass

from library.models import Book
from readerai.accounts.models import Student
from sessions_app.domain import answers, interruptions, lifecycle, reading
from sessions_app.domain.checkpoints import answer_checkpoint
from sessions_app.domain.interruptions import NewQuestion
from sessions_app.domain.pace import Step
from sessions_app.domain.progress import Progress, save_batch
from sessions_app.tutor.types import Answer, Definition
from tests.sessions_app.cast import AT_GLIMMER, Cast, sign_in, start


@dataclass(frozen=True)
class Open:
    """A session whose child is connected."""

    session_id: str
    owner: int


def connected(student: Student, book: Book) -> Open:
    session = start(student, book)
    claim = lifecycle.open_connection(
        session_id=session.pk, user=student.user, sign_in=sign_in(student.user), server="here"
    )
    return Open(session.pk, claim.owner)


def read_to(open_: Open, word: int, *, seconds: float = 20.0) -> None:
    """Progress up to ``word``, with this much reading time and every word before it read."""
    progress = Progress(open_.session_id, open_.owner, word)
    progress.report(word, None, True, None)
    progress.add(Step(seconds, max(1, word), (0, max(0, word - 1))))
    save_batch([progress])


def ask(open_: Open, text: str = "What is rust?", *, answer: str = "Old brown metal.") -> None:
    """A question with its answer."""
    asked = interruptions.ask(
        session_id=open_.session_id,
        owner=open_.owner,
        question=NewQuestion(text=text, kind="text", book="the-lamp", word_index=12, sentence="x"),
        server="here",
    )
    claim = answers.claim(interruption_id=asked.interruption_id, server="here", attempt=1)
    meaning = Definition("rust", "Old brown metal skin.", (), ())
    answers.finish(
        claim=claim,
        answer=Answer(
            text=answer,
            response_type="definition",
            answered_by="offline",
            visible_to_word_index=14,
            structured=meaning,
        ),
    )


def answer(open_: Open, text: str) -> None:
    """An answer to the first checkpoint, which the child has come to."""
    answer_checkpoint(
        session_id=open_.session_id, owner=open_.owner, checkpoint_id="glimmer", answer=text
    )


def whole_reading(cast: Cast, student: Student) -> Open:
    """A session in which everything happens once."""
    open_ = connected(student, cast.lamp)
    read_to(open_, AT_GLIMMER)
    ask(open_)
    reading.resume_reading(session_id=open_.session_id, owner=open_.owner, understood=True)
    answer(open_, "a loud noise")
    answer(open_, "a small light")
    read_to(open_, AT_GLIMMER + 20, seconds=70)
    reading.set_hand(session_id=open_.session_id, owner=open_.owner, raised=True)
    lifecycle.pause(session_id=open_.session_id, owner=open_.owner)
    return open_


def complete(open_: Open) -> None:
    lifecycle.complete(session_id=open_.session_id, owner=open_.owner)
