"""The session in hand: what the connection that owns a session holds of it, opened.

A message changes the hand, in plain synchronous code without a database; ``commit`` then saves the
change under a fence. Where that finds that somebody else wrote, or the database fails, the hand is
``stale``: it is read anew (``loading``) before anything else is done with it.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from typing import Any, Final

import msgspec

from library.book_structure import BookStructure, CheckpointPlace
from readerai.clock import shared_clock

from ...models import EventKind, ReadingSpan, Session
from ...vault import Vault
from .. import questions
from ..audit import EventFacts, Log
from ..errors import Invalid, NotActive
from ..evidence import Gain, PlaceReport, Watch, count_held, note
from ..row_digests import attempt_digest, spans_digest
from .attempts import AttemptFacts, attempt_row
from .changes import Changes, Kept, Reported, SessionColumns, StudentClock
from .client_ids import ClientIds
from .state import ReadingState

SPAN_TABLE: Final = "reading_span"


class Hand:
    """One session, opened. ``client`` and ``message_id`` are those of the message at work;
    it ``stands_for`` earlier ones that were throttled."""

    __slots__ = (
        "__weakref__",
        "asked_at",
        "attempts",
        "book",
        "cancelled",
        "changes",
        "client",
        "flight",
        "grade",
        "helpline",
        "ids",
        "kept",
        "log",
        "message_id",
        "missed",
        "now",
        "open_question",
        "questions_asked",
        "row",
        "serial",
        "server",
        "session_id",
        "stale",
        "stands_for",
        "state",
        "student_clock",
        "student_id",
        "unsaved",
        "vault",
        "watch",
    )

    def __init__(
        self, session: Session, vault: Vault, state: ReadingState, book: BookStructure
    ) -> None:
        self.session_id = session.pk
        self.student_id = session.student_id
        self.grade = session.student.reading_level
        self.helpline = questions.helpline_of(session)
        self.book = book
        self.vault = vault
        self.state = state
        self.row = SessionColumns(
            session.owner,
            session.version,
            session.status,
            session.last_active_at,
            session.completed_at,
            session.hand_raised_at,
        )
        self.ids = ClientIds.parse(session.committed_ids)
        self.log = Log(session.pk, vault, session.log_length, bytes(session.log_head))
        self.attempts: dict[int, list[AttemptFacts]] = {}
        self.open_question: str | None = None
        self.cancelled: set[str] = set()
        self.questions_asked = 0
        self.asked_at: deque[dt.datetime] = deque()
        self.changes = Changes()
        self.unsaved: list[Reported] = []
        # What arrived and was not taken, by client: the client is to send it again.
        self.missed: set[tuple[str, int]] = set()
        self.watch = Watch()
        # What counting goes on from: after what is saved, and after the snapshot taken last.
        self.kept = self.flight = Kept()
        self.student_clock = StudentClock()
        self.client = ""
        self.message_id: int | None = None
        self.stands_for: tuple[int, ...] = ()
        self.now = shared_clock.now()
        self.server = ""
        self.serial = 0
        self.stale = False

    # -- what a message asks -----------------------------------------------------------------

    @property
    def is_completed(self) -> bool:
        return self.row.status == Session.Status.COMPLETED

    def require_active(self) -> None:
        if self.row.status != Session.Status.ACTIVE:
            raise NotActive

    def require_open(self) -> None:
        """A paused session will do, a completed one will not."""
        if self.is_completed:
            raise NotActive

    def require_in_book(self, word_index: int, field: str) -> None:
        if not 0 <= word_index < self.book.word_count:
            raise Invalid(field)

    @property
    def audio_timestamp(self) -> float:
        """The audio position that goes with the place: the client's own, or the word's."""
        if self.state.audio_timestamp is not None:
            return self.state.audio_timestamp
        return self.book.word_start(self.state.word_index)

    # -- what a message does -----------------------------------------------------------------

    def record(
        self,
        kind: EventKind,
        *,
        actor: int | None = None,
        row: bytes | None = None,
        **facts: Any,
    ) -> None:
        """Log what is done, in the name of the message at work. ``facts`` are ``EventFacts``;
        ``row`` is the digest of the row that it is about."""
        self.log.append(
            kind,
            self.now,
            EventFacts(**facts) if facts else None,
            client=self.client,
            client_id=self.message_id,
            actor=actor,
            row=row,
        )

    def move(self, word_index: int, audio_timestamp: float | None = None) -> None:
        """Put the child somewhere else: a jump, which is no reading."""
        self.state.move(word_index, audio_timestamp, self.now, self.row.owner)
        self.state.audio_timestamp = audio_timestamp
        self.rest()

    def begin_watching(self, at: float) -> None:
        """The child has the place before them, from now on (monotonic seconds)."""
        here = PlaceReport(at=at, word_index=self.state.word_index)
        note(
            self.state.evidence, self.watch, here, grade=self.grade, word_count=self.book.word_count
        )
        self.kept = self.flight = Kept(msgspec.msgpack.encode(self.watch))

    def report(self, report: PlaceReport, under: int | None = None) -> None:
        """Take in where the child is, and count what was read since the last report.

        ``under`` is the connection in which the place was noted. One older than that which last
        moved the place does not move it.
        """
        furthest = self.state.furthest_word_index
        if under is not None and under < self.state.moved_under:
            self.state.furthest_word_index = max(furthest, report.word_index)
        else:
            gain = note(
                self.state.evidence,
                self.watch,
                report,
                grade=self.grade,
                word_count=self.book.word_count,
                counted_until=self.student_clock.counted_until,
            )
            if gain.claims:
                self.student_clock.counted_until = report.at
            self.changes.is_activity |= self._shows_activity(report, gain)
            self.state.move(report.word_index, report.audio_timestamp, self.now, self.row.owner)
            if report.here is not None:
                self.state.is_away = not report.here
            if report.is_playing is not None:
                self.state.is_playing = report.is_playing
            if report.rate is not None:
                self.state.rate = report.rate
            self._count(gain)
        self._log_chapter(furthest)

    def _count(self, gain: Gain) -> None:
        span = self.state.reading_span
        ended = self.state.add(gain, self.now)
        if ended is not None and span is not None:
            self._keep_span(ended, span.ended)

    def rest(self) -> None:
        """The child does something else than read: a break, whose time does not count."""
        self._count(count_held(self.state.evidence, self.watch))
        self.watch.rest()

    def _shows_activity(self, report: PlaceReport, gain: Gain) -> bool:
        """Whether a report shows that the child is there: they say so, moved, or hear the book."""
        moved = report.word_index != self.state.word_index
        counted = bool(gain.read_time or gain.heard_time or report.is_playing)
        return report.here is not False and (moved or counted or report.here is True)

    def stop_reading(self) -> None:
        """The child reads no more for now: playback stops, the reading span ends."""
        self.state.is_playing = False
        self.rest()
        span = self.state.reading_span
        ended = self.state.close_span()
        if ended is not None and span is not None:
            self._keep_span(ended, span.ended)

    def _keep_span(self, facts: Any, ended: float) -> None:
        number = self.state.reading_spans
        span = ReadingSpan(
            session_id=self.session_id,
            number=number,
            ended_at=dt.datetime.fromtimestamp(ended, dt.UTC),
            sealed=self.vault.seal(SPAN_TABLE, "sealed", number, facts),
        )
        self.state.spans_digest = spans_digest(self.state.spans_digest, span)
        self.changes.reading_spans.append(span)

    def _log_chapter(self, furthest_before: int) -> None:
        furthest = self.state.furthest_word_index
        if furthest == furthest_before:
            return
        chapter = self.book.chapter_index(furthest)
        if chapter > self.book.chapter_index(furthest_before):
            facts = EventFacts(word_index=self.state.word_index, chapter=chapter)
            self.log.append(EventKind.CHAPTER_REACHED, self.now, facts)

    def add_attempt(self, place: CheckpointPlace, facts: AttemptFacts) -> list[AttemptFacts]:
        """One more answer to a checkpoint; all of them, oldest first."""
        attempts = self.attempts.setdefault(place.pk, [])
        attempts.append(facts)
        row = attempt_row(self.session_id, self.vault, place.pk, len(attempts), facts)
        row.at = self.now
        row.client = self.client if self.message_id is not None else ""
        row.client_id = self.message_id
        self.changes.attempt = row
        self.record(
            EventKind.CHECKPOINT,
            row=attempt_digest(row),
            word_index=self.state.word_index,
            checkpoint_id=place.slug,
            correct=facts.correct,
            score=facts.score,
            attempts=len(attempts),
        )
        if facts.concern.is_marked:
            self.log.append(EventKind.FLAGGED, self.now, EventFacts(checkpoint_id=place.slug))
        return attempts

    def set_status(self, status: Session.Status, kind: EventKind) -> None:
        """Pause, resume or complete the session."""
        self.row.status = status
        if status == Session.Status.ACTIVE:
            self.rest()
        else:
            self.stop_reading()
        self.record(kind, word_index=self.state.word_index)
