"""The API's description of itself, whatever is asked with it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.sessions_app.test_api import refused


@pytest.mark.parametrize("call", ["schema", "docs"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_the_description_is_for_looking(call: str, method: str) -> None:
    answer = getattr(Client(), method)(f"/api/{call}")
    assert refused(answer) == (405, "method_not_allowed")
    assert answer["Content-Type"] == "application/json"
    assert answer["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("wish", ["version=%0aX-Leak:1", "version=%00", "lang=%0a", "lang=none"])
def test_the_description_is_the_same_whatever_is_asked_with_it(wish: str) -> None:
    answer = Client().get(f"/api/schema?{wish}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'inline; filename="ReaderAI.yaml"'


def test_the_description_is_yaml_or_json() -> None:
    client = Client()
    assert client.get("/api/schema").content.startswith(b"openapi: 3.")
    answer = client.get("/api/schema", headers={"accept": "application/json"})
    assert answer.json()["openapi"].startswith("3.")
    nothing_of_ours = client.get("/api/schema", headers={"accept": "image/png"})
    assert refused(nothing_of_ours) == (406, "not_acceptable")
