"""What every client message is: a payload that knows what it does to the session in hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from ..domain.earlier import Earlier
from ..domain.hand.hand import Hand
from ..domain.questions import AskedQuestion
from ..models import EventKind
from ..protocol import server
from ..protocol.errors import Close

WordIndex = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Seconds = Annotated[float, Meta(ge=0, le=1e7)]
Rate = Annotated[float, Meta(ge=0.1, le=10)]
Name = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=2000)]
LongText = Annotated[str, Meta(max_length=20_000)]


@dataclass(frozen=True, slots=True)
class GiveAnswer:
    """Begin to answer the question that was just committed."""

    asked: AskedQuestion

    @property
    def interruption_id(self) -> str:
        return self.asked.interruption_id


@dataclass(frozen=True, slots=True)
class FollowAnswer:
    """Tell of an answer that was begun before; to its end."""

    interruption_id: str


@dataclass(frozen=True, slots=True)
class StopAnswer:
    """Give no answer any more: the question was taken back."""

    interruption_id: str


@dataclass(frozen=True, slots=True)
class CloseConnection:
    """Close the connection once everything is said."""

    code: Close


Effect = GiveAnswer | FollowAnswer | StopAnswer | CloseConnection


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message is answered with after its commit: frames, and what the server then does."""

    frames: tuple[server.Payload, ...]
    effects: tuple[Effect, ...] = ()


def reply(*frames: server.Payload, effects: tuple[Effect, ...] = ()) -> Reply:
    return Reply(frames, effects)


class Message(Struct, frozen=True, rename="camel"):
    """The base of what a client's frame carries. Fields nobody knows are passed over.

    ``logged_as`` are the kinds of log entries that a message of this type leaves: whoever sends an
    id again is answered as the message that left it.
    """

    type: ClassVar[str]
    logged_as: ClassVar[frozenset[EventKind]] = frozenset()
    #: Saved with everybody's, a few times a second, and answered then.
    is_batched: ClassVar[bool] = False
    #: Whether it shows that the child is there.
    is_activity: ClassVar[bool] = True

    def apply(self, hand: Hand) -> Reply:
        """Do what the message asks for. Checks before it changes anything; raises ``Refused``."""
        raise NotImplementedError(self.type)

    def is_distress(self, hand: Hand) -> bool:
        """Whether it holds words of a child in trouble, which no limit keeps out."""
        return False

    @staticmethod
    def answer_again(hand: Hand, earlier: Earlier) -> Reply:
        """Answer a message of this type that is committed already, as things stand now; nothing
        changes. ``earlier`` is what is kept of it, empty where it left no entry."""
        raise NotImplementedError("this message does not say what it is answered with again")

    def answer_as_it_stands(self, hand: Hand) -> Reply:
        """The same for a message that left no entry in the log, such as a pause while paused."""
        return self.answer_again(hand, Earlier())
