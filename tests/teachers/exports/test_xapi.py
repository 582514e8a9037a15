"""Reading as xAPI statements: what a learning record store takes, and nothing of who it was."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from library.models import Book
from sessions_app.models import Session
from teachers.exports.xapi import xapi_statements
from teachers.reports.unsealing import reading_records
from tests.sessions_app.acting import finish_book
from tests.sessions_app.cast import Cast
from tests.teachers.readings import Open, whole_reading
from tests.teachers.records import record, span

HOME = "https://reading.test"
ASKED_AND_ANSWERED = {"initialized", "progressed", "asked", "answered"}
#: The properties that the specification knows, of those that are written here.
KNOWN = {
    "": {"id", "actor", "verb", "object", "result", "context", "timestamp"},
    "actor": {"objectType", "account"},
    "verb": {"id", "display"},
    "object": {"objectType", "id", "definition"},
    "definition": {"type", "name", "description", "interactionType"},
    "result": {"score", "success", "completion", "duration", "extensions"},
    "context": {"registration", "platform"},
}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
DURATION = re.compile(r"PT\d+(\.\d{1,2})?S")
IRI = re.compile(r"https?://[^\s/]+(/\S*)?")


def all_statements() -> list[dict[str, Any]]:
    return xapi_statements(reading_records(Session.objects.all()), HOME)


def test_statements_have_registered_verbs_and_no_names(
    cast: Cast, rivera: Client, reading: Open
) -> None:
    answer = rivera.get("/teachers/students/alice/report/xapi.json")
    found: list[dict[str, Any]] = json.loads(answer.content)
    verbs = {each["verb"]["id"].removeprefix("http://adlnet.gov/expapi/verbs/") for each in found}
    assert verbs == ASKED_AND_ANSWERED
    text = answer.content.decode()
    for private in ("alice", "Alice", "What is rust", "a loud noise", reading.session_id):
        assert private not in text


def test_statements_are_the_same_ones_each_time_in_the_order_of_time(
    cast: Cast, reading: Open
) -> None:
    found = all_statements()
    assert found == all_statements()
    assert len({each["id"] for each in found}) == len(found)
    assert [each["timestamp"] for each in found] == sorted(each["timestamp"] for each in found)


def test_statements_keep_the_rules_of_the_specification(cast: Cast, reading: Open) -> None:
    finish_book(cast.alice, cast.lamp)
    Session.objects.update(status="completed", completed_at=dt.datetime.now(dt.UTC))
    found = all_statements()
    ends = [(each["verb"]["display"]["en"], each["result"]["completion"]) for each in found[-2:]]
    assert ends == [("terminated", False), ("completed", True)]
    for statement in found:
        check_statement(statement)


def test_listening_is_no_reading_in_a_statement_either(cast: Cast) -> None:
    listened = span(seconds=6, words=10, heard=(60, 150), paged=30)
    [_, progressed] = xapi_statements([record(listened)], HOME)
    assert progressed["result"]["duration"] == "PT66.0S"
    assert progressed["result"]["extensions"] == {
        f"{HOME}/xapi/place": 50,
        f"{HOME}/xapi/words-read": 10,
        f"{HOME}/xapi/words-heard": 150,
        f"{HOME}/xapi/words-paged-through": 30,
        f"{HOME}/xapi/seconds-read": 6,
        f"{HOME}/xapi/seconds-heard": 60,
    }


def check_statement(statement: dict[str, Any]) -> None:
    definition = statement["object"]["definition"]
    for part in ("actor", "verb", "object", "context"):
        assert set(statement[part]) <= KNOWN[part]
    assert set(statement) <= KNOWN[""]
    assert set(definition) <= KNOWN["definition"]
    for identifier in (statement["id"], statement["context"]["registration"]):
        assert str(uuid.UUID(identifier)) == identifier
    assert dt.datetime.fromisoformat(statement["timestamp"]).utcoffset() == dt.timedelta()
    account = statement["actor"]["account"]
    for iri in (statement["verb"]["id"], statement["object"]["id"], definition["type"]):
        assert IRI.fullmatch(iri)
    assert account == {"homePage": HOME, "name": account["name"]}
    for words in (
        statement["verb"]["display"],
        definition.get("name"),
        definition.get("description"),
    ):
        assert all(map(LANGUAGE.fullmatch, words or {}))
    check_result(statement.get("result", {}))


def check_result(result: dict[str, Any]) -> None:
    assert set(result) <= KNOWN["result"]
    assert -1 <= result.get("score", {"scaled": 0})["scaled"] <= 1
    assert DURATION.fullmatch(result.get("duration", "PT0S"))
    assert all(map(IRI.fullmatch, result.get("extensions", {})))


@pytest.mark.parametrize(
    ("language", "said"), [("de-AT", "de-AT"), ("", "und"), ("English (UK)", "und")]
)
def test_language_that_is_none_is_undetermined(
    cast: Cast, reading: Open, language: str, said: str
) -> None:
    Book.objects.update(language=language)
    for statement in all_statements():
        definition = statement["object"]["definition"]
        assert list(definition.get("name", definition.get("description"))) == [said]


def test_account_is_random_and_stays(cast: Cast, reading: Open) -> None:
    whole_reading(cast, cast.bob)
    names = {each["actor"]["account"]["name"] for each in all_statements()}
    assert names == {str(cast.alice.pseudonym), str(cast.bob.pseudonym)}
    assert {uuid.UUID(name).version for name in names} == {4}
