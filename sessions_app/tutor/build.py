"""The tutor for a process, out of what its settings say."""

from .fallback import FallbackTutor
from .offline.tutor import OfflineTutor
from .prepared import PreparedTutor
from .types import Dictionary, Tutor


def build_tutor(
    *,
    api_key: str | None,
    base_url: str | None = None,
    model: str | None = None,
    dictionary: Dictionary | None = None,
) -> Tutor:
    """What was prepared first; then Claude where there is a key; then the offline tutor."""
    offline = OfflineTutor(dictionary)
    if not api_key:
        return PreparedTutor(offline)
    # The SDK is half of what a server imports, and nothing else of it is wanted without a key.
    from .claude.tutor import DEFAULT_MODEL, ClaudeTutor

    claude = ClaudeTutor(api_key=api_key, base_url=base_url or None, model=model or DEFAULT_MODEL)
    return PreparedTutor(FallbackTutor(claude, offline))
