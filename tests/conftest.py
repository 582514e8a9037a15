"""What every test of ReaderAI stands on; the services are in `tests/services`."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from readerai.accounts.login.hashing import GatedArgon2


class QuickArgon2(GatedArgon2):
    """What the site uses, with the least work: a fifth of the suite's time went into hashes."""

    time_cost = 1
    memory_cost = 8


def pytest_configure() -> None:
    hasher = f"{QuickArgon2.__module__}.{QuickArgon2.__qualname__}"
    settings.PASSWORD_HASHERS = [hasher]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Test SQLite in a file, as it is run: in memory it locks whole tables and knows no WAL."""
    configured = connections["default"].settings_dict
    if configured["ENGINE"] == "django.db.backends.sqlite3":
        configured["TEST"]["NAME"] = str(Path(settings.READERAI_DATA) / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Leave the test database to go with its throwaway server or folder.

    Dropping it would fail where a thread of the application still holds a connection.
    """
    return True
