"""The export holds everything: every table, every row, every field, or says why not."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Field, ForeignKey, Model

from library.models import ReadingList, ReadingListBook
from readerai.accounts.login.badges import issue_badges
from readerai.accounts.login.sign_ins import issue_ticket
from readerai.accounts.models import ClassGroup, KnownBrowser, Student, User
from sessions_app.models import (
    AccessLogEntry,
    AudioUse,
    ConcernSeverity,
    Event,
    Interruption,
    Session,
)
from sessions_app.records import access_log, export
from sessions_app.records.export import LEFT_OUT, OPENED, gather
from teachers.concerns.cases import cases
from teachers.concerns.handling import deal_with
from teachers.models import ConcernMail
from tests.sessions_app.cast import Cast, sign_in

from ..readings import ANSWER, GUESS, QUESTION, read_a_little
from .test_verify_audit import look_at, verify

#: What hangs on accounts, but never on a child's.
GROWN_UPS = {"admin.logentry", "accounts.safeguardingcontact", "library.preparedline"}
NOTE = "We talked, and her aunt came."


@pytest.fixture
def alice(session: Session, cast: Cast) -> Student:
    """Alice with at least one row in every table that can hold something of hers."""
    issue_badges([cast.alice])
    issue_ticket(sign_in(cast.alice.user), f"/ws/{session.pk}")
    group = ClassGroup.objects.create(classroom=cast.room_12, name="Foxes")
    group.students.add(cast.alice)
    AudioUse.objects.create(session=session, hour_started_at=session.started_at)
    wish = ReadingList.objects.create(
        classroom=cast.room_12, audience="student", student=cast.alice, title="For you"
    )
    ReadingListBook.objects.create(reading_list=wish, book=cast.lamp, place=0)
    Interruption.objects.update(concern=ConcernSeverity.GRAVE)
    [concern] = cases([cast.alice.pk])
    deal_with(concern, cast.rivera, NOTE)
    ConcernMail.objects.create(
        concern_id=concern.pk,
        user=cast.rivera,
        telling=0,
        due_at=session.started_at,
        try_at=session.started_at,
    )
    KnownBrowser.objects.create(browser="0" * 64, user=cast.alice.user)
    look_at(cast, "nobody")
    access_log.record_access(
        school=cast.school,
        actor=cast.rivera,
        what=AccessLogEntry.What.CLASS,
        subject="room-12",
        students=[cast.alice.pk, cast.bob.pk],
    )
    return cast.alice


def exported(student: Student, folder: Path) -> zipfile.ZipFile:
    file = folder / "alice.zip"
    call_command("export_student", student.slug, "--out", str(file), stdout=StringIO())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    return zipfile.ZipFile(file)


def data_of(archive: zipfile.ZipFile) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(archive.read("data.json"))
    return data


def leading_to_a_child(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> bool:
    """Whether a row of this table can belong to a child, by a path of foreign keys."""
    if model in (Student, User):
        return True
    targets = {
        field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and isinstance(field.related_model, type)
    }
    return any(leading_to_a_child(each, seen | {model}) for each in targets - seen - {model})


def tables() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if leading_to_a_child(model) and not model._meta.auto_created:
            yield model


def test_every_table_with_a_path_to_a_child_is_in_the_export(alice: Student) -> None:
    expected = {model._meta.label_lower for model in tables()} | {"sessions_app.accesslogentry"}
    assert expected - GROWN_UPS <= set(gather(alice))


def test_every_row_and_every_field_is_in_the_export(alice: Student) -> None:
    records = gather(alice)
    for model in tables():
        label = model._meta.label_lower
        if label in GROWN_UPS:
            continue
        for row in records[label]:
            named = set(row) | set(LEFT_OUT.get(label, {}))
            assert named == {field.name for field in model._meta.concrete_fields}, label
    for session in Session.objects.filter(student=alice):
        assert len(records["sessions_app.event"]) == session.log_length
    assert len(records["sessions_app.session"]) == alice.sessions.count()


def test_concern_is_in_the_export_with_its_note_opened(alice: Student) -> None:
    records = gather(alice)
    [concern] = records["teachers.safeguardingconcern"]
    assert concern["sealed_note"] == {"text": NOTE}
    assert concern["dealt_with_by"]["name"] == "ms-rivera"
    assert len(records["teachers.concernmail"]) == 1


def binary_fields() -> Iterator[tuple[str, Field[Any, Any]]]:
    models: list[type[Model]] = [*tables(), AccessLogEntry]
    for model in models:
        for field in model._meta.concrete_fields:
            if field.get_internal_type() == "BinaryField":
                yield model._meta.label_lower, field


def test_every_sealed_field_is_opened_or_left_out_for_a_reason(db: None) -> None:
    for label, field in binary_fields():
        covered = set(OPENED.get(label, {})) | set(LEFT_OUT.get(label, {}))
        assert field.name in covered, f"{label}.{field.name}"


def test_new_sealed_field_stops_the_export(alice: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "OPENED", {})
    with pytest.raises(export.NotCovered):
        gather(alice)


def test_archive_is_readable_by_people_and_by_programs(alice: Student, tmp_path: Path) -> None:
    archive = exported(alice, tmp_path)
    assert sorted(archive.namelist()) == ["data.json", "reading.css", "reading.html"]
    page = archive.read("reading.html").decode()
    records = data_of(archive)["records"]
    for words in (QUESTION, ANSWER, GUESS, "The Lamp"):
        assert words in page
        assert words in json.dumps(records)
    assert records["sessions_app.session"][0]["sealed_state"]["word_index"] > 0
    assert {"member": "alice", "of": "accounts.classgroup", "name": "Foxes"} in (
        records["memberships"]
    )
    assert "<script" not in page
    assert "style=" not in page


def test_nobody_else_is_in_it(alice: Student, cast: Cast, tmp_path: Path) -> None:
    read_a_little(cast.bob, cast.lamp)
    cast.bob.display_name = "Somebody Else"
    cast.bob.save()
    text = exported(alice, tmp_path).read("data.json").decode()
    assert "Somebody Else" not in text
    assert '"bob"' not in text
    assert all(
        look["subject"] != "nobody"
        for look in json.loads(text)["records"]["sessions_app.accesslogentry"]
    )


def test_no_secret_is_in_it(alice: Student, tmp_path: Path) -> None:
    text = exported(alice, tmp_path).read("data.json").decode()
    secrets: list[str | None] = [alice.user.password]
    secrets += alice.badges.values_list("secret_hash", flat=True)
    secrets += alice.user.sign_ins.exclude(token_hash=None).values_list("token_hash", flat=True)
    for secret in secrets:
        assert secret
        assert secret not in text


def test_export_is_logged_in_the_session_and_as_a_look(alice: Student, tmp_path: Path) -> None:
    exported(alice, tmp_path)
    for session in Session.objects.filter(student=alice):
        assert Event.objects.filter(session=session).last().kind == "exported"  # type: ignore[union-attr]
    look = AccessLogEntry.objects.get(what=AccessLogEntry.What.EXPORT)
    assert (look.actor, look.students) == ("operator", [alice.pk])
    # What the fixture marked behind the log's back is put right again.
    Interruption.objects.update(concern=ConcernSeverity.NONE)
    assert "as it was written" in verify()


def test_names_are_told_as_text(alice: Student, tmp_path: Path) -> None:
    alice.display_name = "<script>alert(1)</script>"
    alice.save()
    page = exported(alice, tmp_path).read("reading.html").decode()
    assert "<script" not in page
    assert "&lt;script" in page


def test_an_existing_file_is_not_written_over(alice: Student, tmp_path: Path) -> None:
    file = tmp_path / "there.zip"
    file.write_text("mine")
    with pytest.raises(CommandError, match="File exists"):
        call_command("export_student", alice.slug, "--out", str(file))
    assert file.read_text() == "mine"


def test_unknown_student_is_said(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no student nobody"):
        call_command("export_student", "nobody", "--out", str(tmp_path / "x.zip"))


def test_child_who_has_read_nothing_has_an_export(cast: Cast, tmp_path: Path) -> None:
    page = exported(cast.bob, tmp_path).read("reading.html").decode()
    assert "No book has been opened yet." in page
