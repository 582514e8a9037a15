"""Everything that is held on a child, for the child and their guardians.

What belongs to a child is found by following the models' own relations, so that a table made
tomorrow is in the export by itself. Every field is given as it is stored, sealed ones opened;
those in ``LEFT_OUT`` are not, and it says why.
"""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from django.db.models import Field, ForeignKey, ManyToManyField, ManyToManyRel, ManyToOneRel, Model
from django.template.loader import render_to_string

from readerai.accounts.models import Student, User
from readerai.clock import db_now

from ..domain.audit import facts_of
from ..domain.errors import SessionNotFound
from ..domain.evidence import Evidence
from ..domain.hand.attempts import attempt_facts
from ..domain.hand.commit import change
from ..domain.hand.loading import open_state, vault_of
from ..domain.hand.state import SpanFacts
from ..domain.questions import outcome_of, partial_answer, question_facts
from ..models import (
    AccessLogEntry,
    CheckpointAttempt,
    Event,
    EventKind,
    Interruption,
    ReadingSpan,
    Session,
)
from ..vault import Vault, VaultError
from . import access_log

Row = dict[str, Any]
Records = dict[str, list[Row]]

_SECRET: Final = "a secret kept as a hash; it tells nothing and opens something"
_CHAIN: Final = "a check sum of the log"
LEFT_OUT: Final[Mapping[str, Mapping[str, str]]] = {
    "accounts.user": {"password": _SECRET},
    "accounts.student": {"picture_password": _SECRET},
    "accounts.badge": {"secret_hash": _SECRET},
    "accounts.signin": {"token_hash": _SECRET, "password_digest": _SECRET},
    "accounts.knownbrowser": {"browser": _SECRET},
    "accounts.ticket": {"secret_hash": _SECRET},
    "sessions_app.sessionkey": {"wrapped": "the key of what is given here opened"},
    "sessions_app.session": {"log_head": _CHAIN},
    "sessions_app.event": {"mac": _CHAIN, "row_digest": _CHAIN},
    "sessions_app.accesslogentry": {"mac": _CHAIN, "students": "names other children, too"},
}

_Opener = Callable[[Any, Vault], Any]


#: As ``teachers.concerns.handling`` seals it, in an app that knows this one and not the reverse.
_CONCERNS: Final = "safeguarding_concern"


def _note(row: Any, vault: Vault) -> Row:
    return vault.open(_CONCERNS, "sealed_note", row.pk, row.sealed_note, dict)


def _span(row: ReadingSpan, vault: Vault) -> SpanFacts:
    return vault.open("reading_span", "sealed", row.number, row.sealed, SpanFacts)


OPENED: Final[Mapping[str, Mapping[str, _Opener]]] = {
    "sessions_app.session": {"sealed_state": open_state},
    "sessions_app.interruption": {
        "sealed_question": question_facts,
        "sealed_answer": outcome_of,
        "sealed_partial": partial_answer,
    },
    "sessions_app.checkpointattempt": {"sealed": attempt_facts},
    "sessions_app.readingspan": {"sealed": _span},
    "sessions_app.event": {"sealed_payload": facts_of},
    "teachers.safeguardingconcern": {"sealed_note": _note},
}


class NotCovered(Exception):
    """A table holds something sealed that this export does not know how to open."""


def export_student(
    student: Student, file: Path, *, actor: User | None = None, reason: str = ""
) -> Records:
    """Write ``file``, a ZIP of ``reading.html`` and ``data.json``; log it; what is in it.
    ``actor`` is None for a command."""
    _log(student, actor, reason)
    records = gather(student)
    with file.open("xb") as raw:
        file.chmod(0o600)
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            data = {"student": student.slug, "exportedAt": db_now(), "records": records}
            archive.writestr("data.json", json.dumps(data, default=_plain, indent=2))
            archive.writestr("reading.html", readable(student, records))
            archive.writestr("reading.css", render_to_string("export/reading.css"))
    return records


def _log(student: Student, actor: User | None, reason: str) -> None:
    """The export stands in every session's log, and in the school's access log."""
    number = None if actor is None else actor.pk
    for session_id in Session.objects.filter(student=student).values_list("pk", flat=True):
        try:
            change(session_id, lambda hand: hand.record(EventKind.EXPORTED, actor=number))
        except (SessionNotFound, VaultError):
            continue
    if student.user.school is not None:
        access_log.record_access(
            school=student.user.school,
            actor=actor,
            what=AccessLogEntry.What.EXPORT,
            subject=student.slug,
            students=[student.pk],
            reason=reason,
        )


# -- gathering -----------------------------------------------------------------------------


def gather(student: Student) -> Records:
    """Every row that belongs to the child, by table (``app.model``). Raises ``NotCovered``."""
    return _Gathering().of(student)


class _Gathering:
    def __init__(self) -> None:
        self._records: Records = {}
        self._seen: set[tuple[str, Any]] = set()
        self._vaults: dict[str, Vault | None] = {}

    def of(self, student: Student) -> Records:
        self._take(User, User.objects.filter(pk=student.user_id))
        self._look_log(student)
        return self._records

    def _take(self, model: type[Model], rows: Any) -> None:
        """Take rows, and all that hangs on them."""
        label = model._meta.label_lower
        keys = [field.name for field in model._meta.concrete_fields if field.is_relation]
        fresh = []
        for row in rows.select_related(*keys):
            if (label, row.pk) not in self._seen:
                self._seen.add((label, row.pk))
                fresh.append(row)
                self._records.setdefault(label, []).append(self._fields(label, row))
        if not fresh:
            return
        pks = [row.pk for row in fresh]
        for relation in _owned_by(model):
            found = relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__in": pks}
            )
            self._take(relation.related_model, found.order_by("pk"))
        for row in fresh:
            self._memberships(row)

    def _fields(self, label: str, row: Model) -> Row:
        left_out, openers = LEFT_OUT.get(label, {}), OPENED.get(label, {})
        found: Row = {}
        for field in row._meta.concrete_fields:
            if field.name in left_out:
                continue
            if field.name in openers:
                found[field.name] = self._opened(row, field.name, openers[field.name])
            elif field.get_internal_type() == "BinaryField":
                raise NotCovered(f"{label}.{field.name}")
            else:
                found[field.name] = _value(row, field)
        return found

    def _opened(self, row: Model, name: str, opener: _Opener) -> Any:
        """A sealed field, opened; None where it is empty, and where its key was erased."""
        if not getattr(row, name):
            return None
        session = row if isinstance(row, Session) else row.session  # type: ignore[attr-defined]
        vault = self._vault(session)
        return None if vault is None else msgspec.to_builtins(opener(row, vault))

    def _vault(self, session: Session) -> Vault | None:
        if session.pk not in self._vaults:
            try:
                self._vaults[session.pk] = vault_of(session)
            except VaultError:
                self._vaults[session.pk] = None
        return self._vaults[session.pk]

    def _memberships(self, row: Model) -> None:
        """Groups and the like that the child is in, by name; they are not the child's own."""
        for field in row._meta.get_fields():
            if not isinstance(field, ManyToManyField | ManyToManyRel):
                continue
            name = field.name if isinstance(field, ManyToManyField) else field.get_accessor_name()
            for group in getattr(row, str(name)).all():
                entry = {"member": str(row), "of": group._meta.label_lower, "name": str(group)}
                self._records.setdefault("memberships", []).append(entry)

    def _look_log(self, student: Student) -> None:
        label = AccessLogEntry._meta.label_lower
        for look in (
            access_log.accesses_to(student.pk).select_related("chain__school").order_by("at", "pk")
        ):
            self._records.setdefault(label, []).append(self._fields(label, look))


def _owned_by(model: type[Model]) -> Iterator[ManyToOneRel]:
    """The relations by which rows of other tables belong to a row of this one."""
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, ManyToOneRel) and not field.related_model._meta.auto_created:
            yield field


def _value(row: Model, field: Field[Any, Any]) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, ForeignKey) and value is not None:
        return {"id": value, "name": str(getattr(row, field.name))}
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value)


# -- readable ------------------------------------------------------------------------------


def readable(student: Student, records: Records) -> str:
    """The export as a page: the reading first, told; then everything as it is stored."""
    context = {
        "student": student,
        "school": student.user.school,
        "sessions": [_told(row, records) for row in records.get("sessions_app.session", [])],
        "looks": records.get("sessions_app.accesslogentry", []),
        "tables": {name: [_cells(row) for row in rows] for name, rows in sorted(records.items())},
        "at": db_now(),
    }
    return render_to_string("export/reading.html", context)


def _told(session: Row, records: Records) -> Row:
    def of_it(model: type[Model]) -> list[Row]:
        rows = records.get(model._meta.label_lower, [])
        return [row for row in rows if row["session"]["id"] == session["id"]]

    state = session["sealed_state"]
    read = msgspec.convert(state["evidence"], Evidence) if state else None
    return {
        "book": session["book"]["name"],
        "started_at": session["started_at"],
        "last_active_at": session["last_active_at"],
        "erased": state is None,
        "read": read,
        "read_minutes": round(read.read_time / 60) if read else None,
        "heard_minutes": round(read.heard_time / 60) if read else None,
        "questions": of_it(Interruption),
        "answers": of_it(CheckpointAttempt),
        "events": of_it(Event),
    }


def _cells(row: Row) -> list[tuple[str, str]]:
    return [
        (name.removeprefix("sealed_").replace("_", " "), _cell(value))
        for name, value in row.items()
        if value not in (None, "")
    ]


def _cell(value: Any) -> str:
    if isinstance(value, dict) and value.keys() == {"id", "name"}:
        return str(value["name"])
    if isinstance(value, dict | list):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    return str(value)
