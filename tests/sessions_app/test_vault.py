"""Sealing: what opens, and everything that must not."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from pytest_django import Settings

from sessions_app.vault import (
    KeyErased,
    KeyRing,
    MasterKeyMissing,
    Scope,
    Vault,
    VaultError,
    WrappedKey,
    key_ring,
)

A = Scope("session-a", 1, 2)


class Note(Struct):
    text: str


class Number(Struct):
    number: int


OLD, NEW = {"old": b"o" * 32}, {"new": b"n" * 32}


@pytest.fixture(autouse=True)
def _own_keys(settings: Settings) -> Iterator[None]:
    settings.READERAI_KEYS = OLD
    key_ring.cache_clear()
    yield
    key_ring.cache_clear()


@pytest.fixture
def vault() -> Vault:
    return Vault.create(A)[0]


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    vault = Vault(A, b"k" * 32)
    sealed = vault.seal("t", "c", 1, Note(text))
    assert vault.open("t", "c", 1, sealed, Note) == Note(text)


def test_the_same_value_never_looks_the_same_twice(vault: Vault) -> None:
    assert vault.seal("t", "c", 1, Note("x")) != vault.seal("t", "c", 1, Note("x"))


def test_the_words_are_not_in_what_is_stored(vault: Vault) -> None:
    assert b"secret words" not in vault.seal("t", "c", 1, Note("secret words"))


@pytest.mark.parametrize(
    ("session", "table", "column", "row"),
    [
        ("session-b", "t", "c", 1),
        ("session-a", "u", "c", 1),
        ("session-a", "t", "d", 1),
        ("session-a", "t", "c", 2),
        ("session-a", "tc", "", 1),
        ("session-a", "t", "c1", ""),
    ],
)
def test_a_value_opens_only_where_it_was_sealed(
    session: str, table: str, column: str, row: int | str
) -> None:
    key = secrets.token_bytes(32)
    sealed = Vault(A, key).seal("t", "c", 1, Note("x"))
    with pytest.raises(VaultError):
        Vault(Scope(session, 1, 2), key).open(table, column, row, sealed, Note)


def test_another_key_opens_nothing(vault: Vault) -> None:
    sealed = vault.seal("t", "c", 1, Note("x"))
    with pytest.raises(VaultError):
        Vault.create(A)[0].open("t", "c", 1, sealed, Note)


def test_every_changed_byte_is_noticed(vault: Vault) -> None:
    sealed = vault.seal("t", "c", 1, Note("x"))
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(VaultError):
            vault.open("t", "c", 1, changed, Note)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"x" * 12, b"\x02" * 60])
def test_what_was_never_sealed_is_refused(vault: Vault, sealed: bytes) -> None:
    with pytest.raises(VaultError):
        vault.open("t", "c", 1, sealed, Note)


def test_another_shape_is_refused(vault: Vault) -> None:
    sealed = vault.seal("t", "c", 1, Note("x"))
    with pytest.raises(VaultError):
        vault.open("t", "c", 1, sealed, Number)


def test_a_stored_session_opens_by_its_wrapped_key() -> None:
    vault, key = Vault.create(A)
    sealed = vault.seal("t", "c", 1, Note("x"))
    again = Vault.of(A, key.master_key_id, memoryview(key.wrapped))
    assert again.open("t", "c", 1, sealed, Note) == Note("x")
    assert again.log_key() == vault.log_key()


def test_an_erased_key_is_told_apart() -> None:
    with pytest.raises(KeyErased):
        Vault.of(A, "old", None)


@pytest.mark.parametrize(
    "other", [A._replace(session_id="b"), A._replace(student=3), A._replace(book=3)]
)
def test_a_wrapped_key_opens_only_for_its_session_student_and_book(other: Scope) -> None:
    _, key = Vault.create(A)
    with pytest.raises(VaultError):
        Vault.of(other, key.master_key_id, key.wrapped)


def test_a_wrapped_key_is_bound_to_the_name_of_its_master_key() -> None:
    wrapped = KeyRing(OLD).wrap(A, b"d" * 32)
    renamed = KeyRing({"other": OLD["old"]})
    with pytest.raises(VaultError):
        renamed.unwrap(A, WrappedKey("other", wrapped.wrapped))


def test_the_newest_key_wraps_and_the_older_ones_still_unwrap() -> None:
    old = KeyRing(OLD).wrap(A, b"d" * 32)
    ring = KeyRing(NEW | OLD)
    assert ring.unwrap(A, old) == b"d" * 32
    assert ring.wrap(A, b"d" * 32).master_key_id == "new"


def test_a_master_key_that_is_gone_says_so() -> None:
    old = KeyRing(OLD).wrap(A, b"d" * 32)
    with pytest.raises(MasterKeyMissing):
        KeyRing(NEW).unwrap(A, old)
    with pytest.raises(MasterKeyMissing):
        KeyRing(NEW).derived("old", "a purpose")


def test_derived_keys_differ_by_purpose_and_by_master_key() -> None:
    ring = KeyRing(NEW | OLD)
    keys = {ring.derived(name, purpose) for name in ("old", "new") for purpose in ("a", "b")}
    assert len(keys) == 4
