"""Compare journals with the database: `python -m tests.faults.harness.audit < journals.json`.

Run with the servers' own environment (database and keys); prints a `Finding` as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from sessions_app.models import Session

CLOCK_SLACK = 1.0


class Audit:
    """The findings about some sessions, gathered one after the other."""

    def __init__(self) -> None:
        self.frames = 0
        self.lost: list[str] = []
        self.twice: list[str] = []
        self.unsound: list[str] = []

    def session(self, journal: dict[str, Any]) -> None:
        """Look at one session."""
        from sessions_app.domain import audit
        from sessions_app.models import Session

        session = Session.objects.select_related("key").filter(pk=journal["session_id"]).first()
        if session is None:
            self.lost.append(f"{journal['session_id']} is gone")
            return
        self.frames += len(journal["acknowledged"])
        self._ids(session, journal)
        self._state(session, journal)
        self._questions(session, journal)
        self._attempts(session, journal)
        verdict = audit.verify(session)
        if not verdict.sound:
            self.unsound.append(f"{session.pk}: {verdict.why}")

    def _ids(self, session: Session, journal: dict[str, Any]) -> None:
        from sessions_app.domain.hand.client_ids import ClientIds

        ids = ClientIds.parse(session.committed_ids).of("")
        gone = [each for each in journal["acknowledged"] if each not in ids]
        self.lost += [f"{session.pk}: message {each} was acknowledged" for each in gone]

    def _state(self, session: Session, journal: dict[str, Any]) -> None:
        from sessions_app.domain.hand.loading import open_state, vault_of

        state = open_state(session, vault_of(session))
        if state.furthest_word_index < journal["furthest"]:
            self.lost.append(f"{session.pk}: word {journal['furthest']} was acknowledged")
        if state.total_time > journal["wall_seconds"] + CLOCK_SLACK:
            self.twice.append(f"{session.pk}: {state.total_time} s of reading time")

    def _questions(self, session: Session, journal: dict[str, Any]) -> None:
        from sessions_app.domain import questions
        from sessions_app.domain.hand.loading import vault_of
        from sessions_app.models import Event, EventKind, Interruption

        rows = {row.pk: row for row in Interruption.objects.filter(session=session)}
        for client_id, interruption_id in journal["questions"].items():
            row = rows.get(interruption_id)
            if row is None or row.client_id != int(client_id):
                self.lost.append(f"{session.pk}: question {client_id}")
        for interruption_id, text in journal["answers"].items():
            row = rows.get(interruption_id)
            kept = questions.outcome_of(row, vault_of(session)) if row is not None else None
            if kept is None or kept.text != text:
                self.lost.append(f"{session.pk}: the answer to {interruption_id}")
        per_id = Counter(row.client_id for row in rows.values())
        self._counted(session, per_id, journal["asked"], "question")
        logged = Event.objects.filter(session=session, kind=EventKind.ASKED).count()
        if logged != len(rows):
            self.unsound.append(f"{session.pk}: {len(rows)} questions, {logged} in the log")

    def _attempts(self, session: Session, journal: dict[str, Any]) -> None:
        from sessions_app.models import CheckpointAttempt

        rows = CheckpointAttempt.objects.filter(session=session)
        per_id = Counter(row.client_id for row in rows)
        gone = [each for each in journal["results"] if per_id[each] == 0]
        self.lost += [f"{session.pk}: the try {each}" for each in gone]
        self._counted(session, per_id, journal["tried"], "try")

    def _counted(
        self, session: Session, per_id: Counter[int | None], sent: list[int], what: str
    ) -> None:
        """Each message counts at most once, and nothing counts that was never sent."""
        for client_id, count in per_id.items():
            if count > 1 or client_id not in sent:
                self.twice.append(f"{session.pk}: {what} {client_id} is there {count} times")


def main() -> None:
    """Audit what comes on standard input."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
    django.setup()
    audit = Audit()
    for journal in json.load(sys.stdin):
        audit.session(journal)
    sys.stdout.write(json.dumps(vars(audit)))


if __name__ == "__main__":
    main()
