"""The tutor for a process, out of what its settings say."""

from .claude import DEFAULT_MODEL, ClaudeTutor
from .fallback import FallbackTutor
from .offline import OfflineTutor
from .types import Dictionary, Tutor


def build_tutor(
    *,
    api_key: str | None,
    base_url: str | None = None,
    model: str | None = None,
    dictionary: Dictionary | None = None,
) -> Tutor:
    """Claude with the offline tutor behind it where there is a key, else the offline tutor."""
    offline = OfflineTutor(dictionary)
    if not api_key:
        return offline
    claude = ClaudeTutor(api_key=api_key, base_url=base_url or None, model=model or DEFAULT_MODEL)
    return FallbackTutor(claude, offline)
