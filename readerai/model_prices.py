"""What a language model costs: the price list, which an operator's setting overrules."""

from __future__ import annotations

import os
from math import inf
from typing import Final

from django.core.exceptions import ImproperlyConfigured

#: US dollars for a million tokens, read and written, by how a model's name begins (November 2026).
PRICES: Final = {
    "claude-haiku-4-5": (1.0, 5.0),
    "claude-sonnet-4": (3.0, 15.0),
    "claude-opus-4-5": (5.0, 25.0),
    "claude-opus-4": (15.0, 75.0),
}


def model_price(setting: str, *, model: str, is_free: bool) -> tuple[float, float]:
    """What a million tokens cost, in US dollars, read and written: as the setting says, or by the
    longest beginning of the model's name in the list, or nothing where ``is_free``."""
    raw = os.environ.get(setting, "").strip()
    if raw:
        try:
            read, written = (float(part) for part in raw.split(","))
        except ValueError:
            read = written = -1.0
        if not (0 <= read < inf and 0 <= written < inf):
            raise ImproperlyConfigured(f"{setting} must be two prices, as in 1,5; it is {raw!r}")
        return read, written
    known = max((start for start in PRICES if model.startswith(start)), key=len, default="")
    if known:
        return PRICES[known]
    if is_free:
        return 0.0, 0.0
    raise ImproperlyConfigured(f"what {model!r} costs is not known: set {setting}, as in 1,5")
