"""Why a verb was refused. The transport turns each into its frame or status."""

from __future__ import annotations


class Refused(Exception):
    """The base of everything that the domain refuses."""


class SessionNotFound(Refused):
    """No such session for this user: unknown, foreign or erased."""


class StaleOwner(Refused):
    """A newer connection owns the session: this one may not write any more."""


class Conflict(Refused):
    """Somebody else wrote to the session since it was read: nothing was saved, read it anew."""


class NotActive(Refused):
    """The session is paused or completed."""


class Invalid(Refused):
    """A message's field holds what it may not: a position that the book does not have, a
    checkpoint unknown to it. ``field`` is its path as in ``context.currentWordIndex``."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class QuestionRefused(Refused):
    """The base of why a question was not taken. ``code`` is its ``errorCode``."""

    code: str


class Busy(QuestionRefused):
    """A question is open already."""

    code = "busy"


class InvalidContext(QuestionRefused):
    """The question is about another book, or about what lies beyond the chapter that the child
    has come to."""

    code = "invalid_context"


class LimitReached(QuestionRefused):
    """The student asked as many questions as an hour takes."""

    code = "limit_reached"


class NoOpenQuestion(Refused):
    """There is no such question, or it is not open any more."""


class LeaseLost(Refused):
    """The answer is no longer this server's to write: taken over, cancelled or done."""
