"""One error shape at every address under `/api`, by every method."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.sessions_app.test_api import refused


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "foo"])
@pytest.mark.parametrize("path", ["nope", "books/", "tokens/", "sessions/x/", ""])
def test_an_address_that_is_none_is_not_found_by_any_method(path: str, method: str) -> None:
    """Not even a slash too many leads to the page about forms from other sites."""
    answer = Client(enforce_csrf_checks=True).generic(method.upper(), f"/api/{path}")
    assert refused(answer) == (404, "not_found")
