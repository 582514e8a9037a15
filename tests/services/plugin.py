"""The pytest plugin that chooses a database and starts the services, before Django's settings load.

READERAI_TEST_DATABASE=postgres (the default): one PostgreSQL for the whole run, in which each
xdist worker has a database of its own, and one Redis for each worker.
READERAI_TEST_DATABASE=sqlite: the embedded default, a SQLite file and the in-memory layer.
What the machine's environment says about databases, keys and the tutor is put aside, so that no
test reaches anything real.
"""

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.services.postgres import Postgres
from tests.services.redis import Redis
from tests.services.server import NOTHING_REAL

CHOICE = "READERAI_TEST_DATABASE"
#: What is in them starts servers of its own, or asks who may see what, which no database decides.
ONCE_FOLDERS = {"e2e", "faults", "permissions", "services"}
DATABASE_FIXTURES = {"db", "transactional_db"}
PUT_ASIDE = (
    "ANTHROPIC_",
    "EMAIL_",
    "READERAI_",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
)
#: Settings of the tests themselves.
KEPT = {CHOICE, "READERAI_CHROME", "READERAI_POSTGRES", "READERAI_REDIS"}

_running: list[Postgres | Redis] = []
_folders: list[tempfile.TemporaryDirectory[str]] = []


def database() -> str:
    """The database of this run: `postgres` or `sqlite`."""
    choice = os.environ.get(CHOICE, "postgres")
    if choice not in {"postgres", "sqlite"}:
        raise pytest.UsageError(f"{CHOICE} is {choice!r}: it may be postgres or sqlite")
    return choice


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Prepare the environment; pytest-django reads the settings inside the `yield`."""
    options = early_config.known_args_namespace
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    if not is_worker:
        _put_aside_the_machines_settings()
    needs_services = not (options.help or options.version or options.collectonly)
    if database() == "postgres" and needs_services:
        if not is_worker:
            os.environ["DATABASE_URL"] = _start(Postgres())
        os.environ["REDIS_URL"] = _start(Redis())
    _fresh_data_folder()
    return (yield)


def pytest_unconfigure() -> None:
    """Stop what this process started; the watchdogs do so for a process that was killed."""
    while _running:
        _running.pop().close()
    while _folders:
        _folders.pop().cleanup()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the chosen database is not for.

    The pass on SQLite has what may go another way there, and nothing that needs no database.
    """
    here = Path(__file__).parent.parent
    for item in items:
        if item.path.is_relative_to(here) and ONCE_FOLDERS & set(item.path.relative_to(here).parts):
            item.add_marker("once")
    others = [item for item in items if not _belongs(item)]
    items[:] = [item for item in items if _belongs(item)]
    if others:
        config.hook.pytest_deselected(items=others)


def _belongs(item: pytest.Item) -> bool:
    marks = {mark.name for mark in item.iter_markers()}
    if database() == "postgres":
        return "sqlite" not in marks
    if "sqlite" in marks:
        return True
    uses_it = "django_db" in marks or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(uses_it) and not marks & {"postgres", "once"}


def _put_aside_the_machines_settings() -> None:
    for name in list(os.environ):
        if name.startswith(PUT_ASIDE) and name not in KEPT:
            del os.environ[name]
    # Empty rather than absent: what is absent could come from somebody's `.env`.
    os.environ.update(NOTHING_REAL, DEBUG="1")


def _fresh_data_folder() -> None:
    """READERAI_DATA of this process: what the tests write goes away with them."""
    folder = tempfile.TemporaryDirectory(prefix="readerai-data-")
    _folders.append(folder)
    os.environ["READERAI_DATA"] = folder.name


def _start(service: Postgres | Redis) -> str:
    _running.append(service)
    service.start()
    return service.url
