"""Why a verb was refused. The transport turns each into its frame or status."""

from __future__ import annotations


class Refused(Exception):
    """The base of everything that the domain refuses."""


class SessionNotFound(Refused):
    """No such session for this user: unknown, foreign or erased."""


class StaleOwner(Refused):
    """A newer connection owns the session: this one may not write any more."""


class NotActive(Refused):
    """The session is paused or completed."""


class Unsaveable(Refused):
    """What is stored of the session cannot be read or written any more."""


class OutOfBook(Refused):
    """A position that the book does not have, or something unknown to it."""


class QuestionRefused(Refused):
    """The base of why a question was not taken. ``code`` is its ``errorCode``."""

    code: str


class Busy(QuestionRefused):
    """A question is open already."""

    code = "busy"


class InvalidContext(QuestionRefused):
    """The question names a book that is not the session's."""

    code = "invalid_context"


class LimitReached(QuestionRefused):
    """The student asked as many questions as an hour takes."""

    code = "limit_reached"


class NoOpenQuestion(Refused):
    """There is no such question, or it is not open any more."""


class LeaseLost(Refused):
    """The answer is no longer this server's to write: taken over, cancelled or done."""
