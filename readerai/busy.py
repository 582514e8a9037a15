"""Work that is refused before it costs, because there is too much of it already."""

from __future__ import annotations

from typing import Final

from rest_framework.exceptions import APIException


class Busy(APIException):
    """Answered with 503 and ``Retry-After``, by the API and by every page alike."""

    status_code = 503
    wait: Final = 2
