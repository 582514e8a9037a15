"""A log that somebody tampered with is found out, and the first bad entry is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from sessions_app.domain import audit
from sessions_app.domain.hand.loading import vault_of
from sessions_app.models import (
    AccessLogChain,
    AccessLogEntry,
    Event,
    EventKind,
    Session,
    SessionKey,
)
from sessions_app.records import access_log
from sessions_app.records.chain_anchors import KEPT_FILES, export_into, own_folder
from sessions_app.vault import Vault, scope_of
from tests.sessions_app.cast import Cast

from ..conftest import Configure
from ..readings import read_a_little


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_audit", *arguments, stdout=out)
    return out.getvalue()


def complaint(*arguments: str) -> str:
    with pytest.raises(CommandError) as raised:
        verify(*arguments)
    return str(raised.value)


def event(session: Session, seq: int) -> Event:
    return Event.objects.get(session=session, seq=seq)


def look_at(cast: Cast, *subjects: str) -> AccessLogChain:
    for subject in subjects:
        access_log.record_access(
            school=cast.school, actor=cast.rivera, what=AccessLogEntry.What.STUDENT, subject=subject
        )
    return AccessLogChain.objects.get(school=cast.school)


def edit(session: Session) -> int:
    Event.objects.filter(session=session, seq=3).update(at=dt.datetime.now(dt.UTC))
    return 3


def edit_payload(session: Session) -> int:
    other = event(session, 1).sealed_payload
    Event.objects.filter(session=session, seq=2).update(sealed_payload=other)
    return 2


def delete(session: Session) -> int:
    event(session, 2).delete()
    return 2


def insert(session: Session) -> int:
    """In the middle, with the later entries moved up."""
    for seq in range(session.log_length, 2, -1):
        Event.objects.filter(session=session, seq=seq).update(seq=seq + 1)
    copy = event(session, 2)
    copy.pk, copy.seq = None, 3
    copy.save()
    Session.objects.filter(pk=session.pk).update(log_length=session.log_length + 1)
    return 3


def insert_at_the_end(session: Session) -> int:
    copy = event(session, session.log_length)
    copy.pk, copy.seq = None, session.log_length + 1
    copy.save()
    return session.log_length + 1


def swap(session: Session) -> int:
    Event.objects.filter(session=session, seq=2).update(seq=999)
    Event.objects.filter(session=session, seq=3).update(seq=2)
    Event.objects.filter(session=session, seq=999).update(seq=3)
    return 2


def truncate(session: Session) -> int:
    event(session, session.log_length).delete()
    return session.log_length


def move_the_head(session: Session) -> int:
    """The last entry is cut off, and the row's length and head are set back to match: what
    somebody can do who writes to the database and has no key."""
    event(session, session.log_length).delete()
    before = event(session, session.log_length - 1)
    Session.objects.filter(pk=session.pk).update(log_length=before.seq, log_head=before.mac)
    return before.seq


def empty(session: Session) -> int:
    """Every entry is removed, and the row says that there never was one."""
    session.events.all().delete()
    Session.objects.filter(pk=session.pk).update(log_length=0, log_head=b"")
    return 1


@pytest.mark.parametrize(
    "tamper",
    [edit, edit_payload, delete, insert, insert_at_the_end, swap, truncate, move_the_head, empty],
)
def test_tampered_log_is_found_and_its_first_bad_entry_named(
    session: Session, cast: Cast, tamper: Callable[[Session], int]
) -> None:
    sound = read_a_little(cast.bob, cast.lamp)
    bad = tamper(session)
    said = complaint()
    assert said.startswith(f"{session.pk}: entry {bad}: ")
    assert sound.pk not in said
    assert complaint("--session", session.pk) == said
    assert "as it was written" in verify("--session", sound.pk)


def test_sound_logs_are_sound(session: Session, cast: Cast) -> None:
    look_at(cast, "alice", "bob")
    entries = Event.objects.count()
    assert entries > 5
    said = verify()
    assert f"1 sessions (0 erased), {entries} entries, 2 accesses; compared with 0 anchors." in said
    assert "Every log is as it was written." in said


def test_session_that_does_not_exist_is_said(db: None) -> None:
    assert "no session session-none" in complaint("--session", "session-none")


def rewrite(session: Session, *, keep: int) -> None:
    """What somebody with every key could do: another end, correctly chained."""
    vault = vault_of(session)
    dropped = list(Event.objects.filter(session=session, seq__gt=keep).order_by("seq"))
    Event.objects.filter(session=session, seq__gt=keep).delete()
    session.log_length = keep
    session.log_head = audit.head_after(vault.log_key(), bytes(event(session, keep).mac))
    log = audit.Log(session.pk, vault, keep, session.log_head)
    for old in dropped[1:] + dropped[:1]:
        facts = None if old.sealed_payload is None else audit.facts_of(old, vault)
        log.append(EventKind(old.kind), old.at, facts, row=old.row_digest)
    Event.objects.bulk_create(log.unsaved)
    session.log_length, session.log_head = log.length, log.head
    session.save()


def anchors(tmp_path: Path, name: str = "anchors.jsonl") -> Path:
    file = tmp_path / name
    call_command("export_anchors", "--out", str(file), stdout=StringIO())
    return file


def test_rewritten_end_shows_against_exported_anchors(session: Session, tmp_path: Path) -> None:
    file = anchors(tmp_path)
    assert "as it was written" in verify("--anchors", str(file))
    length = session.log_length
    rewrite(session, keep=length - 3)
    assert "as it was written" in verify()  # the chain alone is sound
    said = complaint("--anchors", str(file))
    assert said == f"{session.pk}: entry {length}: the log up to here was rewritten"


def test_end_cut_off_with_every_key_shows_against_exported_anchors(
    session: Session, tmp_path: Path
) -> None:
    file = anchors(tmp_path)
    length = session.log_length
    event(session, length).delete()
    head = audit.head_after(vault_of(session).log_key(), bytes(event(session, length - 1).mac))
    Session.objects.filter(pk=session.pk).update(log_length=length - 1, log_head=head)
    assert "as it was written" in verify()
    assert complaint("--anchors", str(file)) == (
        f"{session.pk}: entry {length}: the end of the log is missing"
    )


def test_log_that_went_on_agrees_with_older_anchors(
    session: Session, cast: Cast, tmp_path: Path
) -> None:
    look_at(cast, "alice")
    file = anchors(tmp_path)
    log = audit.Log(session.pk, vault_of(session), session.log_length, bytes(session.log_head))
    log.append(EventKind.PAUSED, session.last_active_at)
    Event.objects.bulk_create(log.unsaved)
    session.log_length, session.log_head = log.length, log.head
    session.save()
    read_a_little(cast.bob, cast.lamp)
    look_at(cast, "bob")
    assert "as it was written" in verify("--anchors", str(file))


def test_session_removed_whole_shows_against_exported_anchors(
    session: Session, tmp_path: Path
) -> None:
    file = anchors(tmp_path)
    for rows in (session.events, session.interruptions, session.attempts, session.reading_spans):
        rows.all().delete()
    Session.objects.filter(pk=session.pk).delete()
    assert "as it was written" in verify()
    said = complaint("--anchors", str(file))
    assert said == f"{session.pk}: the log is gone, and no erasure is logged"


def test_key_destroyed_by_hand_shows(session: Session) -> None:
    SessionKey.objects.filter(pk=session.pk).update(wrapped=None, erased_at=dt.datetime.now(dt.UTC))
    assert complaint() == f"{session.pk}: its key is gone, and no erasure is logged"


def test_key_of_another_session_shows(session: Session, cast: Cast) -> None:
    _, other = Vault.create(scope_of(session)._replace(session_id="another"))
    SessionKey.objects.filter(pk=session.pk).update(wrapped=other.wrapped)
    assert complaint() == f"{session.pk}: entry 1: the session's key does not open"


def look_edit(chain: AccessLogChain) -> int:
    AccessLogEntry.objects.filter(chain=chain, seq=2).update(actor="9999")
    return 2


def look_delete(chain: AccessLogChain) -> int:
    AccessLogEntry.objects.filter(chain=chain, seq=2).delete()
    return 2


def look_insert(chain: AccessLogChain) -> int:
    copy = AccessLogEntry.objects.get(chain=chain, seq=chain.length)
    copy.pk, copy.seq = None, chain.length + 1
    copy.save()
    return chain.length + 1


def look_swap(chain: AccessLogChain) -> int:
    first = AccessLogEntry.objects.get(chain=chain, seq=1)
    second = AccessLogEntry.objects.get(chain=chain, seq=2)
    AccessLogEntry.objects.filter(pk=first.pk).update(subject=second.subject, mac=second.mac)
    AccessLogEntry.objects.filter(pk=second.pk).update(subject=first.subject, mac=first.mac)
    return 1


def look_truncate(chain: AccessLogChain) -> int:
    AccessLogEntry.objects.filter(chain=chain, seq=chain.length).delete()
    return chain.length


def look_move_the_head(chain: AccessLogChain) -> int:
    look_truncate(chain)
    before = AccessLogEntry.objects.get(chain=chain, seq=chain.length - 1)
    AccessLogChain.objects.filter(pk=chain.pk).update(length=before.seq, head=before.mac)
    return before.seq


def look_forget(chain: AccessLogChain) -> int:
    """The first entries are removed as if their time had come."""
    gone = AccessLogEntry.objects.get(chain=chain, seq=2)
    AccessLogEntry.objects.filter(chain=chain, seq__lte=2).delete()
    AccessLogChain.objects.filter(pk=chain.pk).update(forgotten=2, forgotten_head=gone.mac)
    return 3


def look_empty(chain: AccessLogChain) -> int:
    AccessLogEntry.objects.filter(chain=chain).delete()
    AccessLogChain.objects.filter(pk=chain.pk).update(length=0, head=b"")
    return 1


@pytest.mark.parametrize(
    "tamper",
    [
        look_edit,
        look_delete,
        look_insert,
        look_swap,
        look_truncate,
        look_move_the_head,
        look_forget,
        look_empty,
    ],
)
def test_tampered_log_of_looks_is_found(
    cast: Cast, tamper: Callable[[AccessLogChain], int]
) -> None:
    chain = look_at(cast, "alice", "bob", "room-12")
    assert "3 accesses" in verify()
    bad = tamper(chain)
    assert complaint().startswith(f"access log of hill: entry {bad}: ")


def test_rewritten_log_of_looks_shows_against_exported_anchors(cast: Cast, tmp_path: Path) -> None:
    look_at(cast, "alice", "bob", "room-12")
    file = anchors(tmp_path)
    AccessLogEntry.objects.filter(chain__school=cast.school).delete()
    AccessLogChain.objects.filter(school=cast.school).update(length=0, head=b"")
    look_at(cast, "room-12", "bob", "carol")
    assert "3 accesses" in verify()
    said = complaint("--anchors", str(file))
    assert said == "access log of hill: entry 3: the log up to here was rewritten"


@pytest.mark.parametrize("how", ["edit", "cut", "empty", "nothing"])
def test_anchors_that_were_tampered_with_are_not_believed(
    session: Session, tmp_path: Path, how: str
) -> None:
    file = anchors(tmp_path)
    lines = file.read_text().splitlines(keepends=True)
    match how:
        case "edit":
            file.write_text("".join(lines).replace('"length": ', '"length": 1'))
        case "cut":
            file.write_text("".join(lines[1:]))
        case "empty":
            file.write_text("")
        case "nothing":
            file.unlink()
    assert complaint("--anchors", str(file)).startswith(f"{file}: ")


def test_anchors_hold_no_name_and_no_word(session: Session, cast: Cast, tmp_path: Path) -> None:
    look_at(cast, "alice")
    text = anchors(tmp_path).read_text()
    assert session.pk in text
    assert "alice" not in text


def test_anchors_need_the_key_they_were_written_with(
    session: Session, tmp_path: Path, master_keys: Configure
) -> None:
    file = anchors(tmp_path)
    master_keys("another")
    assert "its master key is not configured" in complaint("--anchors", str(file))


def test_a_folder_of_anchors_is_bounded_and_read_whole(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "anchors"
    files = [export_into(folder, keep=3) for _ in range(5)]
    assert sorted(folder.iterdir()) == files[-3:]
    assert KEPT_FILES > 24
    assert "as it was written" in verify("--anchors", str(folder))
    rewrite(session, keep=2)
    said = complaint("--anchors", str(folder))
    assert said == f"{session.pk}: entry {session.log_length}: the log up to here was rewritten"


def test_session_removed_whole_shows_against_the_sites_own_anchors(
    session: Session, settings: Settings, tmp_path: Path
) -> None:
    settings.READERAI_DATA = tmp_path
    export_into(own_folder())
    assert "compared with 1 anchors" in verify()
    for rows in (session.events, session.interruptions, session.attempts, session.reading_spans):
        rows.all().delete()
    Session.objects.filter(pk=session.pk).delete()
    assert complaint() == f"{session.pk}: the log is gone, and no erasure is logged"
