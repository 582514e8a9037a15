"""Sessions with something in them, made by the messages that children send."""

from __future__ import annotations

from readerai.accounts.models import Student
from sessions_app.messages import (
    CheckpointAnswer,
    CompleteSession,
    PauseSession,
    RaiseHand,
    ResumeReading,
)
from tests.sessions_app.acting import Child, connected
from tests.sessions_app.cast import AT_GLIMMER, Cast

Open = Child


def read_to(child: Child, word: int, *, seconds: float = 20.0) -> None:
    child.read_to(word, seconds=seconds)


def ask(child: Child, text: str = "What is rust?", *, answer: str = "Old brown metal.") -> None:
    child.ask_and_hear(text, answer=answer)


def answer(child: Child, text: str) -> None:
    """An answer to the first checkpoint, which the child has come to."""
    child.say(CheckpointAnswer(checkpoint_id="glimmer", answer=text))


def whole_reading(cast: Cast, student: Student) -> Child:
    """A session in which everything happens once."""
    child = connected(student, cast.lamp)
    child.read_to(AT_GLIMMER, seconds=40)
    child.ask_and_hear()
    child.say(ResumeReading(understood=True))
    answer(child, "a loud noise")
    answer(child, "a small light")
    child.read_to(AT_GLIMMER + 20, seconds=30)
    child.say(RaiseHand())
    child.say(PauseSession())
    return child


def complete(child: Child) -> None:
    child.say(CompleteSession())


__all__ = ["Open", "answer", "ask", "complete", "connected", "read_to", "whole_reading"]
