"""What happens to every message alike: ids, what was sent twice, the log's time, the commit.

A message's own file says only what it means. Here nothing is specific to one.
"""

from __future__ import annotations

from readerai.clock import shared_clock

from ..domain.earlier import Earlier, earlier_of
from ..domain.hand.commit import change
from ..domain.hand.hand import Hand
from ..models import EventKind
from . import MESSAGES
from .base import Message, Reply

_LEFT_BY: dict[EventKind, type[Message]] = {
    kind: message for message in MESSAGES.values() for kind in message.logged_as
}


def is_committed(hand: Hand, client: str, message_id: int | None) -> bool:
    """Whether a client's message is committed already."""
    return message_id is not None and message_id in hand.ids.of(client)


def apply(hand: Hand, message: Message, client: str, message_id: int | None) -> Reply:
    """Do what a new message asks for to the session in hand. Raises ``Refused``, and then the
    hand is as it was."""
    hand.now = shared_clock.now()
    hand.client, hand.message_id = client, message_id
    answer = message.apply(hand)
    if message_id is not None and not message.is_batched:
        hand.ids.speaking(client).add(message_id)
    if message.is_activity and not message.is_batched:
        hand.changes.is_activity = True
        hand.state.is_away = False
    return answer


def answer_again(hand: Hand, message: Message, earlier: Earlier) -> Reply:
    """Answer a message that is committed already, as what it was then: the first message with an
    id stands."""
    if earlier.kind is None:
        return message.answer_as_it_stands(hand)
    return _LEFT_BY.get(earlier.kind, type(message)).answer_again(hand, earlier)


def perform(
    session_id: str,
    message: Message,
    *,
    client: str = "",
    message_id: int | None = None,
    server: str = "",
) -> Reply:
    """Do a message to a session that nobody holds here: read, apply, commit.

    Raises ``Refused`` and what the database raises.
    """

    def what(hand: Hand) -> Reply:
        if is_committed(hand, client, message_id) and message_id is not None:
            return answer_again(hand, message, earlier_of(hand, client, message_id))
        return apply(hand, message, client, message_id)

    return change(session_id, what, server=server)
