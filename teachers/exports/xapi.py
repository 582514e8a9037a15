"""Reading as xAPI 1.0.3 statements for a learning record store.

Verbs, activity types and the progress of a book have their registered addresses; words read are
an extension under this site's own. Accounts are pseudonyms: random, the same for good, and known
to this installation alone.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from typing import Any, Final

from sessions_app.protocol.server import wire_time

from ..reports.reading_records import Attempt, Question, ReadingSpan, Record

VERBS: Final = {
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
    "progressed": "http://adlnet.gov/expapi/verbs/progressed",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "asked": "http://adlnet.gov/expapi/verbs/asked",
    "answered": "http://adlnet.gov/expapi/verbs/answered",
}
BOOK: Final = "http://id.tincanapi.com/activitytype/book"
INTERACTION: Final = "http://adlnet.gov/expapi/activities/cmi.interaction"
PROGRESS: Final = "https://w3id.org/xapi/cmi5/result/extensions/progress"
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
NAMES: Final = uuid.UUID("5f2c4d5e-7d1b-5c58-9a39-0d4f7b7f6a11")


def statements(records: Iterable[Record], home: str) -> list[dict[str, Any]]:
    """Every statement of these sessions in the order of time; ``home`` is this site's address."""
    found: list[dict[str, Any]] = []
    for record in records:
        say = _Speaker(record, home)
        found += [say.began(), *map(say.read, record.reading_spans)]
        found += [*map(say.asked, record.questions), *map(say.answered, record.attempts)]
        if record.finished:
            found.append(say.finished())
    return sorted(found, key=lambda statement: str(statement["timestamp"]))


class _Speaker:
    def __init__(self, record: Record, home: str) -> None:
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

    def _statement(self, verb: str, moment: Any, key: str, **more: Any) -> dict[str, Any]:
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

    def began(self) -> dict[str, Any]:
        return self._statement("initialized", self._record.session.started_at, "")

    def read(self, reading_span: ReadingSpan) -> dict[str, Any]:
        count = self._record.session.book.word_count
        progress = min(100, round(100 * (reading_span.last_word + 1) / count))
        result = {
            "duration": f"PT{reading_span.seconds:.1f}S",
            "extensions": {PROGRESS: progress, f"{self._home}/xapi/words-read": reading_span.words},
        }
        return self._statement(
            "progressed", reading_span.ended_at, str(reading_span.ended_at), result=result
        )

    def asked(self, question: Question) -> dict[str, Any]:
        return self._statement("asked", question.at, str(question.at))

    def answered(self, attempt: Attempt) -> dict[str, Any]:
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

    def finished(self) -> dict[str, Any]:
        session = self._record.session
        moment = session.completed_at or session.last_active_at
        result = {"completion": True, "duration": f"PT{self._record.seconds:.1f}S"}
        return self._statement("completed", moment, "", result=result)
