"""A database thread keeps its connection as long as it is good."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection

from readerai.accounts.models import School
from sessions_app.live.saving.database import THREADS, in_database, threads_for

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def backend() -> int:
    """The server process that this thread's connection is to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def end(pid: int) -> None:
    """Have the server end a connection, as it does when it stops."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@pytest.mark.parametrize(("pool", "threads"), [(2, 1), (4, 2), (16, 8), (100, THREADS)])
def test_threads_leave_half_of_the_pool_to_others(pool: int, threads: int) -> None:
    assert threads_for(pool) == threads


async def test_connection_that_the_server_ended_is_not_used_again() -> None:
    before = {await in_database(backend) for _ in range(2 * THREADS)}
    for pid in before:
        await in_database(end_all_but_own, pid)
    for _ in range(2 * THREADS):
        assert await in_database(backend)


def end_all_but_own(pid: int) -> None:
    if pid != backend():
        end(pid)


async def test_connection_is_whole_after_an_error() -> None:
    def twice() -> None:
        for _ in range(2):
            School.objects.create(slug="one", name="One")

    with pytest.raises(IntegrityError):
        await in_database(twice)
    for _ in range(2 * THREADS):
        assert await in_database(School.objects.count) == 1
