"""Reading as xAPI 1.0.3 statements for a learning record store.

Verbs, activity types and the progress of a book (the part of it that was read or heard) have their
registered addresses; how much was read by oneself, heard and paged through, and the place, are
extensions under this site's own. Accounts are pseudonyms: random, the same for good, and known
to this installation alone.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from typing import Any, Final

from sessions_app.protocol.server import wire_time

from ..reports.amounts import ReadingAmounts
from ..reports.reading_records import AttemptRecord, QuestionRecord, ReadingRecord, SpanRecord
from ..wording import percent

VERBS: Final = {
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
    "progressed": "http://adlnet.gov/expapi/verbs/progressed",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "terminated": "http://adlnet.gov/expapi/verbs/terminated",
    "asked": "http://adlnet.gov/expapi/verbs/asked",
    "answered": "http://adlnet.gov/expapi/verbs/answered",
}
BOOK: Final = "http://id.tincanapi.com/activitytype/book"
INTERACTION: Final = "http://adlnet.gov/expapi/activities/cmi.interaction"
PROGRESS: Final = "https://w3id.org/xapi/cmi5/result/extensions/progress"
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
NAMES: Final = uuid.UUID("5f2c4d5e-7d1b-5c58-9a39-0d4f7b7f6a11")


def xapi_statements(records: Iterable[ReadingRecord], home: str) -> list[dict[str, Any]]:
    """Every statement of these sessions in the order of time; ``home`` is this site's address."""
    statements: list[dict[str, Any]] = []
    for record in records:
        session = _SessionStatements(record, home)
        statements += [session.initialized(), *map(session.progressed, record.spans)]
        statements += map(session.asked, record.questions)
        statements += map(session.answered, record.attempts)
        if record.is_completed:
            statements.append(session.ended())
    return sorted(statements, key=lambda statement: str(statement["timestamp"]))


def _duration(seconds: float) -> str:
    """In ISO 8601."""
    return f"PT{seconds:.1f}S"


class _SessionStatements:
    """The statements of one session. A statement's id is the same each time it is made."""

    def __init__(self, record: ReadingRecord, home: str) -> None:
        self._record = record
        self._home = home
        self._actor = {
            "objectType": "Agent",
            "account": {"homePage": home, "name": str(record.student.pseudonym)},
        }
        book = record.session.book
        self._language = book.language if _LANGUAGE.fullmatch(book.language) else "und"
        self._book = {
            "objectType": "Activity",
            "id": f"{home}/books/{book.slug}",
            "definition": {"type": BOOK, "name": {self._language: book.title}},
        }

    def _statement(self, verb: str, moment: dt.datetime, key: str, **more: Any) -> dict[str, Any]:
        name = f"{self._record.session.pk}/{verb}/{key}"
        return {
            "id": str(uuid.uuid5(NAMES, name)),
            "actor": self._actor,
            "verb": {"id": VERBS[verb], "display": {"en": verb}},
            "object": self._book,
            "timestamp": wire_time(moment),
            "context": {
                "registration": str(uuid.uuid5(NAMES, self._record.session.pk)),
                "platform": "ReaderAI",
            },
        } | more

    def initialized(self) -> dict[str, Any]:
        return self._statement("initialized", self._record.session.started_at, "")

    def progressed(self, span: SpanRecord) -> dict[str, Any]:
        place = percent(self._record.place_of(span.last_word))
        result = {
            "duration": _duration(span.amounts.seconds),
            "extensions": {f"{self._home}/xapi/place": place, **self._amounts(span.amounts)},
        }
        return self._statement("progressed", span.ended_at, str(span.ended_at), result=result)

    def asked(self, question: QuestionRecord) -> dict[str, Any]:
        return self._statement("asked", question.at, str(question.at))

    def answered(self, attempt: AttemptRecord) -> dict[str, Any]:
        checkpoint = attempt.checkpoint
        result = {"score": {"scaled": attempt.score}, "success": attempt.correct}
        activity = {
            "objectType": "Activity",
            "id": f"{self._book['id']}#{checkpoint.slug}",
            "definition": {
                "type": INTERACTION,
                "interactionType": "choice" if checkpoint.choices else "long-fill-in",
                "description": {self._language: checkpoint.question},
            },
        }
        key = f"{checkpoint.slug}/{attempt.number}"
        return self._statement("answered", attempt.at, key, object=activity, result=result)

    def ended(self) -> dict[str, Any]:
        """The book was finished, or closed before its end."""
        session, amounts = self._record.session, self._record.session_amounts
        result = {
            "completion": self._record.finished,
            "duration": _duration(amounts.seconds),
            "extensions": {
                PROGRESS: percent(self._record.progress),
                **self._amounts(amounts),
            },
        }
        verb = "completed" if self._record.finished else "terminated"
        moment = session.completed_at or session.last_active_at
        return self._statement(verb, moment, "", result=result)

    def _amounts(self, amounts: ReadingAmounts) -> dict[str, float]:
        """Words read by oneself, heard and paged through, and the seconds of the first two."""
        return {
            f"{self._home}/xapi/{name}": value
            for name, value in {
                "words-read": amounts.read_words,
                "words-heard": amounts.heard_words,
                "words-paged-through": amounts.paged_words,
                "seconds-read": round(amounts.read_time, 1),
                "seconds-heard": round(amounts.heard_time, 1),
            }.items()
        }
