"""A session as lists and the teacher's feed show it."""

from __future__ import annotations

from .server import Part, Status, Time


class StudentName(Part, frozen=True):
    student_id: str
    display_name: str


class BookName(Part, frozen=True):
    book_id: str
    title: str


class SessionSummary(Part, frozen=True):
    """``progress`` is the share of the book's words that were read or heard, ``place`` where the
    child is, both like ``score`` from 0 to 1; ``reading_speed`` is the child's own silent pace in
    words a minute. ``listening`` while the narration plays."""

    session_id: str
    student: StudentName
    book: BookName
    status: Status
    online: bool
    word_index: int
    progress: float
    reading_speed: float | None
    questions_asked: int
    last_question_at: Time | None
    score: float | None
    hand_raised: bool
    needs_help: bool
    last_active_time: Time
    place: float
    listening: bool
