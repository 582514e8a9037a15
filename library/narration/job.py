"""Books read aloud in the background: a process of its own that reads one after another."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterable

from django.conf import settings

_LONGEST_SECONDS = 6 * 3600.0
_reading = threading.Lock()


def start_narrating(slugs: Iterable[str]) -> bool:
    """Begin to narrate books; False where this server narrates others already.

    What is done is stored a chapter at a time, so that nothing is lost where it is stopped.
    """
    if not _reading.acquire(blocking=False):
        return False
    threading.Thread(target=_narrate, args=[list(slugs)], daemon=True).start()
    return True


def _narrate(slugs: list[str]) -> None:
    try:
        for slug in slugs:
            subprocess.run(
                [sys.executable, str(settings.BASE_DIR / "manage.py"), "narrate_book", slug],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_LONGEST_SECONDS,
                check=False,
            )
    except (OSError, subprocess.TimeoutExpired):
        return  # the list of books tells how far it came
    finally:
        _reading.release()
