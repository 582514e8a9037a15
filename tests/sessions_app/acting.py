"""Children who do things in their sessions, without a socket: messages, one after the other.

alice = connected(cast.alice, cast.lamp)
alice.read_to(30, seconds=20)
alice.say(RaiseHand(), id=4)
"""

from __future__ import annotations

from dataclasses import dataclass

from library.models import Book
from readerai.accounts.models import Student
from sessions_app.domain import answers
from sessions_app.domain.evidence import PlaceReport
from sessions_app.domain.hand.commit import change
from sessions_app.domain.hand.hand import Hand
from sessions_app.domain.presence.connecting import connect
from sessions_app.messages import CompleteSession
from sessions_app.messages.base import GiveAnswer, Message
from sessions_app.messages.base import Reply as MessageReply
from sessions_app.messages.dispatch import perform
from sessions_app.messages.student_interruption import QuestionContext, StudentInterruption
from sessions_app.models import Interruption, Session
from sessions_app.tutor.types import Answer, Definition

from .cast import sign_in, start


@dataclass(frozen=True)
class Child:
    """A child who is connected to a session."""

    session_id: str
    owner: int

    def say(self, message: Message, *, id: int | None = None, client: str = "") -> MessageReply:
        """Do one message, as the session's owner."""
        return perform(self.session_id, message, client=client, message_id=id, server="here")

    def read_to(self, word: int, *, seconds: float = 20.0, id: int | None = None) -> None:
        """Go on to ``word`` within so many seconds, in steps of a line."""

        def read(hand: Hand) -> None:
            place, left = hand.state.word_index, word - hand.state.word_index
            steps = max(1, -(-left // 10))
            hand.changes.is_activity = True
            hand.report(PlaceReport(at=0.0, word_index=place))
            for step in range(1, steps + 1):
                at = seconds * step / steps
                hand.report(PlaceReport(at=at, word_index=place + left * step // steps))
            if id is not None:
                hand.ids.speaking("").add(id)

        change(self.session_id, read)

    def ask(
        self,
        text: str = "What is rust?",
        *,
        word: int = 12,
        book: str = "the-lamp",
        id: int | None = None,
    ) -> str:
        """Ask a question that is left open; its id."""
        context = QuestionContext(current_word_index=word, current_sentence="x", book=book)
        asked = self.say(StudentInterruption(question_text=text, context=context), id=id)
        [effect] = asked.effects
        assert isinstance(effect, GiveAnswer)
        return effect.interruption_id

    def cry_for_help(self, text: str = "somebody hits me at home and nobody knows") -> str:
        """Write what the guard recognises, and so answers at once; the question's id."""
        context = QuestionContext(current_word_index=12, current_sentence="x", book="the-lamp")
        reply = self.say(StudentInterruption(question_text=text, context=context))
        assert reply.effects == ()
        return Interruption.objects.filter(session=self.session_id).latest("number").pk

    def ask_and_hear(
        self,
        text: str = "What is rust?",
        *,
        answer: str = "Old brown metal.",
        word: int = 12,
        id: int | None = None,
    ) -> str:
        """Ask a question about a word and have it answered; its id."""
        interruption_id = self.ask(text, word=word, id=id)
        claim = answers.claim(interruption_id=interruption_id, server="here", attempt=1)
        answers.finish(claim=claim, answer=answer_of(answer))
        return interruption_id


def connected(student: Student, book: Book, *, at: int = 0) -> Child:
    """A new session that its child is connected to."""
    return connect_to(start(student, book, at), student)


def connect_to(session: Session, student: Student, *, server: str = "here") -> Child:
    """One more connection to a session: it is the owner now."""
    opened = connect(
        session_id=session.pk, user=student.user, sign_in=sign_in(student.user), server=server
    )
    return Child(session.pk, opened.hand.row.owner)


def answer_of(text: str, *, defines: str = "rust") -> Answer:
    """An offline answer that tells a word's meaning."""
    return Answer(
        text=text,
        response_type="definition",
        answered_by="offline",
        visible_to_word_index=14,
        structured=Definition(defines, "Old brown metal skin."),
    )


def finish_book(student: Student, book: Book) -> Session:
    """Read it to its end, and close it."""
    session = start(student, book)
    child = Child(session.pk, 0)
    child.read_to(book.word_count - 1, seconds=0.6 * book.word_count)
    child.say(CompleteSession())
    return session
