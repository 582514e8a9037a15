"""The API as its own description has it, called with what fits and what does not, by everybody.

`SCHEMA_EXAMPLES=200 pytest tests/permissions/test_schema.py` looks further than the default.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from pytest_django import Settings
from schemathesis.specs.openapi.checks import response_schema_conformance as as_described

from tests.permissions.test_matrix import cast as cast
from tests.sessions_app.cast import Cast, start, token

EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "2"))
ROLES = {
    "signed out": None,
    "student": "alice",
    "teacher": "rivera",
    "staff": "staff",
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_every_call_is_answered_in_the_contracts_words(
    cast: Cast, settings: Settings, role: str, mode: str
) -> None:
    settings.READERAI_RATE_LIMITS = False
    start(cast.alice, cast.our_hill)
    name, headers = ROLES[role], {}
    if name is not None:
        person = getattr(cast, name)
        headers["Authorization"] = f"Bearer {token(getattr(person, 'user', person))}"
    schema = schemathesis.openapi.from_wsgi("/api/schema", get_wsgi_application())
    generation = schemathesis.GenerationMode(mode)
    operations: Any = schema.get_all_operations()
    for found in operations:
        operation = found.ok()
        if operation.method == "delete":
            continue  # it would sign out who calls
        strategy = operation.as_strategy(generation_mode=generation)

        @given(case=strategy)
        @examples(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        def call(case: Any) -> None:
            answer = case.call(headers=headers)
            said = (case.method, case.path, answer.status_code)
            assert answer.status_code < 500, said
            assert b"Traceback" not in answer.content, said
            if answer.status_code >= 400 and case.method != "HEAD":
                assert set(answer.json()) == {"error"}, said
            case.validate_response(answer, checks=[as_described])

        call()
