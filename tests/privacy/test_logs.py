"""A line in a log says what failed and where, never what was being said."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
from daphne.access import AccessLogGenerator
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from readerai.logs import DiscreetFilter, JSONFormatter, RequestIdMiddleware, last_words
from readerai.servers.daphne_http import quiet_access_log
from readerai.servers.last_resort import LastResort

WORDS = "why does grandpa cry"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a handler with the filter writes, of any logger below ``tested``, and of asyncio's."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(DiscreetFilter())
    loggers = [logging.getLogger(name) for name in ("tested", "asyncio")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


log = logging.getLogger("tested.here")


def fail() -> None:
    try:
        int(WORDS)
    except ValueError as error:
        raise KeyError(f"no answer to {WORDS}") from error


def test_exception_is_named_with_its_place_and_cause_and_without_its_words(
    written: io.StringIO,
) -> None:
    try:
        fail()
    except KeyError:
        log.exception("it failed")
    text = written.getvalue()
    assert "KeyError from ValueError" in text
    assert "in fail" in text
    assert "grandpa" not in text


def test_exception_given_as_an_argument_is_named_by_its_type(written: io.StringIO) -> None:
    log.error("it failed: %s", ValueError(WORDS))
    log.error("it failed: %(error)s", {"error": ValueError(WORDS)})
    log.error(ValueError(WORDS))
    assert written.getvalue().splitlines() == [
        "it failed: ValueError",
        "it failed: ValueError",
        "ValueError",
    ]


def test_traceback_inside_of_a_message_keeps_its_places_only(written: io.StringIO) -> None:
    import traceback

    try:
        fail()
    except KeyError:
        log.error("Cannot build protocol: %s", traceback.format_exc())  # noqa: TRY400 - as Twisted does
    text = written.getvalue()
    assert text.startswith("Cannot build protocol:")
    assert "in fail" in text
    assert "grandpa" not in text


def test_query_strings_are_cut(written: io.StringIO) -> None:
    log.info('"GET /library?q=%s HTTP/1.1" 200', "grandpa")
    assert written.getvalue() == '"GET /library?… HTTP/1.1" 200\n'


def test_what_the_event_loop_says_of_a_lost_task_holds_no_words(written: io.StringIO) -> None:
    async def lost() -> None:
        raise ValueError(WORDS)

    async def lose() -> None:
        task = asyncio.ensure_future(lost())
        await asyncio.wait([task])
        asyncio.get_running_loop().call_exception_handler(
            {"message": "a task was lost", "task": task, "exception": task.exception()}
        )

    asyncio.run(lose())
    text = written.getvalue()
    assert "a task was lost" in text
    assert "ValueError" in text
    assert "grandpa" not in text


def test_plain_lines_stay_as_they_are(written: io.StringIO) -> None:
    log.info("%d sessions paused", 3)
    assert written.getvalue() == "3 sessions paused\n"


def test_command_that_fails_says_where_and_not_what(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        fail()
    except KeyError:
        kind, error, trace = sys.exc_info()
        assert kind is not None
        assert error is not None
        last_words(kind, error, trace)
    said = capsys.readouterr().err
    assert "KeyError from ValueError" in said
    assert "grandpa" not in said


def test_setting_that_makes_no_sense_is_said_in_its_own_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = ImproperlyConfigured("SECRET_KEY must be set")
    last_words(type(error), error, None)
    assert capsys.readouterr().err == "SECRET_KEY must be set\n"


def test_daphnes_access_log_leaves_out_queries() -> None:
    quiet_access_log()
    stream = io.StringIO()
    details = {"client": "1.2.3.4:5", "method": "GET", "status": 200, "size": 7}
    AccessLogGenerator(stream)("http", "complete", details | {"path": f"/library?q={WORDS}"})
    assert '"GET /library" 200 7' in stream.getvalue()


async def _called(kind: str, *, begins: bool) -> list[dict[str, object]]:
    sent: list[dict[str, object]] = []

    async def application(scope: object, receive: object, send: object) -> None:
        if begins:
            await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
        raise ValueError(WORDS)

    async def receive() -> dict[str, object]:
        return {}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    await LastResort(application)({"type": kind}, receive, send)
    return sent


async def test_application_that_raises_is_answered_for() -> None:
    assert [each.get("status") for each in await _called("http", begins=False)] == [500, None]
    assert [each["type"] for each in await _called("http", begins=True)] == [
        "http.response.start",
        "http.response.body",
    ]
    assert await _called("websocket", begins=False) == [{"type": "websocket.close", "code": 1011}]


def test_json_lines_carry_the_requests_number_and_no_words(client: Client) -> None:
    handler = logging.StreamHandler(io.StringIO())
    handler.addFilter(DiscreetFilter())
    handler.setFormatter(JSONFormatter())

    said = "a child's words"

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            raise ValueError(said)  # the trace shows this line
        except ValueError:
            args, trace = (ValueError("words"),), sys.exc_info()
            record = logging.LogRecord("here", 40, "", 0, "it failed (%s)", args, trace)
            handler.handle(record)
        return HttpResponse()

    response = RequestIdMiddleware(answer)(RequestFactory().get("/", headers={"X-Request-Id": "x"}))
    line = json.loads(handler.stream.getvalue())
    assert line["requestId"] == response.headers["X-Request-Id"] != "x"
    assert (line["level"], line["logger"]) == ("ERROR", "here")
    assert line["message"] == "it failed (ValueError)"
    assert "words" not in json.dumps(line)
    assert line["trace"].endswith("ValueError")
