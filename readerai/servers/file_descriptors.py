"""Whether this process may open as many sockets as it is to hold."""

from __future__ import annotations

import logging
import resource
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

log = logging.getLogger(__name__)

#: Beside the sessions: requests, databases, files that are sent, dashboards, the event loop's own.
OTHERS: Final = 500


def check_file_descriptors() -> None:
    """Raise the limit as far as is allowed; refuse to start where that is not far enough.

    Beyond it nothing can be accepted, opened or looked up any more, for anybody.
    """
    needed = settings.READERAI_MAX_SESSIONS + OTHERS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    within = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (within, hard))
    if within < needed:
        text = (
            f"READERAI_MAX_SESSIONS={settings.READERAI_MAX_SESSIONS} takes {needed} file"
            f" descriptors, and this process may open {hard}: raise its limit (LimitNOFILE) or"
            " lower the setting"
        )
        if not settings.DEBUG:
            raise ImproperlyConfigured(text)
        log.warning(text)
