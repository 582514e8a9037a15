"""What keeps a session from being purged although its time has come. Apps above this one say so
when they are loaded (``AppConfig.ready``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.models import Q

_holds: Final[dict[str, Callable[[], Q]]] = {}


def hold_back(name: str, condition: Callable[[], Q]) -> None:
    """Keep the sessions that ``condition`` names, for as long as it does. An erasure on request
    does not ask."""
    _holds[name] = condition


def held_back() -> Q:
    """The sessions that something keeps."""
    found = Q(pk__in=[])
    for condition in _holds.values():
        found |= condition()
    return found
