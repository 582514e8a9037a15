"""Children who write something that means trouble."""

from __future__ import annotations

import datetime as dt

from readerai.accounts.models import Student
from sessions_app.messages import CheckpointAnswer
from sessions_app.models import CheckpointAttempt, Interruption
from tests.sessions_app.acting import connected
from tests.sessions_app.cast import AT_PATIENT, Cast

WORDS = "somebody hits me at home and nobody knows"
FRIDAY = dt.datetime(2026, 11, 27, 20, 3, tzinfo=dt.UTC)


def write(
    cast: Cast, student: Student, *, at: dt.datetime = FRIDAY, severity: str = "grave"
) -> Interruption:
    """A question of concern that was asked ``at`` that time."""
    child = connected(student, cast.lamp)
    pk = child.cry_for_help(WORDS)
    Interruption.objects.filter(pk=pk).update(concern=severity, asked_at=at)
    return Interruption.objects.get(pk=pk)


def write_as_answer(cast: Cast, student: Student, *, severity: str = "grave") -> CheckpointAttempt:
    """An answer of concern to a question of the book."""
    child = connected(student, cast.lamp)
    child.read_to(AT_PATIENT, seconds=60)
    child.say(CheckpointAnswer(checkpoint_id="patient", answer=WORDS))
    attempt = CheckpointAttempt.objects.latest("pk")
    attempt.concern, attempt.at = severity, FRIDAY
    attempt.save(update_fields=["concern", "at"])
    return attempt
