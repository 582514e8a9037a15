"""What the environment says: every setting that an operator can change is read here.

Values come from the environment and from ``.env`` beside ``manage.py``; the environment
wins. A value that makes no sense stops the start with a sentence, not a traceback later.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").is_file():
    environ.Env.read_env(BASE_DIR / ".env")


def flag(name: str, *, default: bool) -> bool:
    """A yes or no. Anything but 1/0, true/false, on/off, yes/no is refused."""
    raw = os.environ.get(name, "").strip().lower()
    if raw == "":
        return default
    if raw in {"1", "true", "on", "yes"}:
        return True
    if raw in {"0", "false", "off", "no"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, on or off; it is {raw!r}")


def one_of(name: str, *choices: str) -> str:
    """One of the choices, the first of which is the default."""
    raw = os.environ.get(name, "").strip().lower() or choices[0]
    if raw not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}; it is {raw!r}")
    return raw


def whole_number(name: str, *, default: int, least: int = 0) -> int:
    raw = os.environ.get(name, "").strip()
    if raw == "":
        return default
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number; it is {raw!r}") from None
    if value < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}; it is {value}")
    return value


def data_dir() -> Path:
    """Where everything that a run writes lies; made on first use, for its owner only."""
    path = Path(os.environ.get("READERAI_DATA") or BASE_DIR / "var").resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_uid == os.getuid():
        path.chmod(0o700)  # also one that was made before, by an installer or by hand
    return path


_DEVELOPMENT_SECRET = "development-only-and-refused-in-production-0123456789abcdef"


def secret_key(*, debug: bool) -> str:
    key = os.environ.get("SECRET_KEY", "")
    if not key and debug:
        return _DEVELOPMENT_SECRET
    if not key:
        raise ImproperlyConfigured("SECRET_KEY must be set (or DEBUG=1 on a development machine)")
    if key == _DEVELOPMENT_SECRET and not debug:
        raise ImproperlyConfigured("SECRET_KEY is the one that development uses; make your own")
    return key


def master_keys(*, debug: bool, data: Path) -> dict[str, bytes]:
    """The master keys, newest first: ``{id: 32 bytes}``.

    From ``READERAI_KEYS`` or the file that ``READERAI_KEYS_FILE`` names. In development,
    without either, from a file made in the data directory; production refuses that.
    """
    raw = os.environ.get("READERAI_KEYS", "")
    file = os.environ.get("READERAI_KEYS_FILE", "")
    if not raw and file:
        try:
            raw = Path(file).read_text(encoding="utf-8")
        except OSError as error:
            raise ImproperlyConfigured(f"READERAI_KEYS_FILE: {error.strerror}") from None
    if not raw:
        if not debug:
            raise ImproperlyConfigured(
                "READERAI_KEYS (or READERAI_KEYS_FILE) must be set: without master keys "
                "nothing that a child writes could be sealed"
            )
        raw = _development_keys(data / "development.key")
    keys = _parse_keys(raw)
    if not debug and any(key_id.startswith("development") for key_id in keys):
        raise ImproperlyConfigured("READERAI_KEYS holds a development key")
    return keys


def _development_keys(path: Path) -> str:
    if not path.exists():
        line = f"development:{base64.b64encode(secrets.token_bytes(32)).decode()}"
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.write_text(line, encoding="utf-8")
        temporary.chmod(0o600)
        try:
            # A hard link fails where the file is there already: the first of two wins.
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return path.read_text(encoding="utf-8")


def _parse_keys(raw: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for part in raw.replace("\n", ",").split(","):
        if not part.strip():
            continue
        key_id, colon, encoded = part.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if not colon or not key_id or len(key_id) > 40 or len(key) != 32:
            raise ImproperlyConfigured(
                "READERAI_KEYS must be 'id:' and the standard base64 of 32 bytes, comma-separated"
            )
        if key_id in keys:
            raise ImproperlyConfigured(f"READERAI_KEYS names the key {key_id!r} twice")
        keys[key_id] = key
    if not keys:
        raise ImproperlyConfigured("READERAI_KEYS holds no key")
    return keys


# A server that freezes in a transaction, or whose network is cut, keeps its rows locked: the
# database ends the transaction, and whoever waits for a row meanwhile gives up and tries again.
_NO_LOCK_FOR_EVER = "-c idle_in_transaction_session_timeout=20s -c lock_timeout=5s"


def database(data: Path) -> dict[str, Any]:
    """PostgreSQL from ``DATABASE_URL`` with a pool; SQLite in the data directory without."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    else:
        config = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data / "readerai.sqlite3"),
        }
    if config["ENGINE"].endswith("postgresql"):
        config["OPTIONS"] = config.get("OPTIONS", {}) | {
            "pool": {
                "min_size": 2,
                "max_size": whole_number("READERAI_DATABASE_POOL", default=16, least=2),
                "timeout": 10,
                # A pool that could not connect waits twice as long each time: begin anew soon.
                "reconnect_timeout": 3,
            },
            "connect_timeout": 5,
            "options": " ".join([_NO_LOCK_FOR_EVER, config.get("OPTIONS", {}).get("options", "")]),
        }
        config["CONN_HEALTH_CHECKS"] = True
    elif config["ENGINE"].endswith("sqlite3"):
        # Immediate transactions: under WAL a read that turns into a write would fail at once.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    else:
        raise ImproperlyConfigured("DATABASE_URL must be a postgres:// or sqlite:// address")
    return config


_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


@dataclass(frozen=True)
class MailServer:
    """Where mail goes out: ``EMAIL_URL``, as in ``smtp+tls://user:password@host:587``."""

    scheme: str
    host: str
    port: int
    user: str
    password: str


def mail_server() -> MailServer | None:
    """None where none is set: then nobody is told of anything by mail."""
    url = urlsplit(os.environ.get("EMAIL_URL", "").strip())
    if not url.geturl():
        return None
    try:
        port = url.port or _MAIL_PORTS[url.scheme]
    except (KeyError, ValueError):
        port = 0
    if not port or not url.hostname or url.scheme not in _MAIL_PORTS:
        raise ImproperlyConfigured(
            "EMAIL_URL must be smtp://, smtp+tls:// or smtp+ssl:// with a host,"
            " as in smtp+tls://user:password@mail.example.org:587"
        )
    user, password = unquote(url.username or ""), unquote(url.password or "")
    return MailServer(url.scheme, url.hostname, port, user, password)


def site_url(*, debug: bool, hosts: list[str], origins: list[str]) -> str:
    """Where people find this site, as mails name it: ``READERAI_URL``, without a slash at its end.
    Else the first of the trusted origins or of the hosts that is a name."""
    url = os.environ.get("READERAI_URL", "").strip().rstrip("/")
    if url:
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise ImproperlyConfigured("READERAI_URL must be as in https://reading.example.org")
        return url
    if debug:
        return f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    names = [f"https://{host}" for host in hosts if host[:1] not in {"*", "."}]
    return next(iter([*[each for each in origins if "*" not in each], *names]), "")
