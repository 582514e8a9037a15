"""Places that children report: taken into the hand at once, saved a few times a second.

Until they are known to be saved they are kept, so that they can be counted again on a session that
was read anew. ``ReadingState.saved_progress`` says which were saved by a commit that broke off
without telling.
"""

from __future__ import annotations

import msgspec

from .evidence import Watch
from .hand.changes import Kept, Reported
from .hand.commit import Snapshot, snapshot
from .hand.hand import Hand
from .hand.loading import read_anew


def keep_until_saved(hand: Hand, reported: Reported) -> None:
    """Remember what was just taken into the hand, and that its messages are spoken for."""
    hand.unsaved.append(reported)
    ids = hand.ids.speaking(reported.client)
    for message_id in reported.ids:
        ids.add(message_id)


def next_snapshot(hand: Hand) -> tuple[Snapshot, Kept]:
    """Take what is not saved out of the hand, under a number of its own, with what goes on from
    there once it is (for ``saved``)."""
    hand.serial += 1
    hand.state.saved_progress = (hand.row.owner, hand.serial)
    for reported in hand.unsaved:
        reported.serial = reported.serial or hand.serial
    for client, message_id in hand.missed:
        hand.ids.speaking(client).miss(message_id)
    kept = hand.flight = Kept(msgspec.msgpack.encode(hand.watch), hand.student_clock.counted_until)
    return snapshot(hand), kept


def saved(hand: Hand, kept: Kept) -> list[Reported]:
    """The snapshot taken last is saved: what that acknowledges."""
    hand.row.version += 1
    hand.missed.clear()
    return _acknowledged(hand, hand.serial, kept)


def put_back(hand: Hand, taken: Snapshot) -> None:
    """The snapshot taken last is not saved and nothing else was: it goes with the next one."""
    hand.log.unsaved[:0] = taken.events
    hand.changes.reading_spans[:0] = taken.changes.reading_spans
    hand.changes.is_activity |= taken.changes.is_activity


def read_anew_and_count_again(hand: Hand) -> list[Reported]:
    """Read the session anew, and take into it what it does not hold yet; what turned out to be
    saved. Raises ``SessionNotFound`` and ``StaleOwner``."""
    read_anew(hand)
    done: list[Reported] = []
    owner, serial = hand.state.saved_progress
    if owner == hand.row.owner:
        done = _acknowledged(hand, serial, hand.flight if serial == hand.serial else hand.kept)
    hand.watch = _watch(hand.kept)
    if hand.student_clock.counted_until in {each.report.at for each in hand.unsaved}:
        hand.student_clock.counted_until = hand.kept.counted_until  # what is not saved is not told
    for reported in hand.unsaved:
        reported.serial = 0
        hand.report(reported.report, reported.under)
        for message_id in reported.ids:
            hand.ids.speaking(reported.client).add(message_id)
    return done


def _acknowledged(hand: Hand, serial: int, kept: Kept) -> list[Reported]:
    done = [each for each in hand.unsaved if 0 < each.serial <= serial]
    hand.unsaved = hand.unsaved[len(done) :]
    hand.kept = kept
    return done


def _watch(kept: Kept) -> Watch:
    return msgspec.msgpack.decode(kept.watch, type=Watch) if kept.watch else Watch()
