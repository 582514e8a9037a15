"""The tutor for a process, out of what its settings say."""

from typing import TYPE_CHECKING

from .fallback import FallbackTutor
from .offline.tutor import OfflineTutor
from .prepared import PreparedTutor
from .types import Dictionary, Tutor

if TYPE_CHECKING:
    from .claude.options import ModelOptions
    from .claude.tutor import Meter


def build_tutor(
    *,
    api_key: str | None,
    options: "ModelOptions | None" = None,
    dictionary: Dictionary | None = None,
    meter: "Meter | None" = None,
) -> Tutor:
    """What was prepared first; then a model where there is a key; then the offline tutor."""
    offline = OfflineTutor(dictionary)
    if not api_key:
        return PreparedTutor(offline)
    # The SDK is half of what a server imports, and nothing else of it is wanted without a key.
    from .claude.tutor import ClaudeTutor

    known = {} if meter is None else {"meter": meter}
    model = ClaudeTutor(api_key=api_key, options=options, **known)
    return PreparedTutor(FallbackTutor(model, offline))
