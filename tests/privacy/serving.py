"""Real programs on the test's own database."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from tests.services.server import environment_of


def database_url() -> str:
    """The ``DATABASE_URL`` of the database that the running test uses."""
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{named['NAME']}"
    who = f"{named['USER']}:{quote(str(named['PASSWORD']), safe='')}"
    return f"postgres://{who}@{named['HOST']}:{named['PORT']}/{named['NAME']}"


def environment(data: Path) -> dict[str, str]:
    """What a program is told that shares the test's database, channel layer and nothing else."""
    shared = {"DATABASE_URL": database_url(), "REDIS_URL": os.environ.get("REDIS_URL", "")}
    return environment_of(data, shared)
