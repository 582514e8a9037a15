"""Frames in and out: every way in which one can be wrong, and what it is called."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.messages import MESSAGES, Heartbeat, ReadingProgress, StudentInterruption
from sessions_app.protocol import server
from sessions_app.protocol.codec import MAX_ID, BadFrame, ClientFrame, Decoder, encode
from tests.sessions_app.messages.examples import EXAMPLES

MINE = "session-a"
ASK: dict[str, Any] = {
    "questionText": "What is rust?",
    "context": {"book": "the-lamp", "currentWordIndex": 12, "currentSentence": "It was green."},
}
decode = Decoder(MESSAGES).decode

PAYLOADS: dict[str, dict[str, Any]] = {
    name: msgspec.to_builtins(example) for name, example in EXAMPLES.items()
}


def frame(kind: str = "HEARTBEAT", **more: Any) -> str:
    return json.dumps({"type": kind, "sessionId": MINE} | more)


def refused(text: str | bytes) -> tuple[str, int | None]:
    with pytest.raises(BadFrame) as caught:
        decode(text, MINE)
    return caught.value.code, caught.value.reply_to


@pytest.mark.parametrize("kind", MESSAGES)
def test_every_type_is_read(kind: str) -> None:
    message = decode(frame(kind, id=7, payload=PAYLOADS[kind]), MINE)
    assert (message.payload.type, message.id) == (kind, 7)
    assert type(message.payload) is MESSAGES[kind]


def test_a_payload_may_be_left_out_where_it_is_empty() -> None:
    assert decode(frame(), MINE) == ClientFrame(None, Heartbeat())


@pytest.mark.parametrize("kind", PAYLOADS)
def test_an_optional_field_may_be_null(kind: str) -> None:
    fields = msgspec.structs.fields(MESSAGES[kind])
    nothing = {each.encode_name: None for each in fields if not each.required}
    required = {name: value for name, value in PAYLOADS[kind].items() if name not in nothing}
    given = decode(frame(kind, payload=required | nothing), MINE)
    assert given == decode(frame(kind, payload=required), MINE)


def test_what_is_not_known_is_passed_over() -> None:
    text = frame("READING_PROGRESS", more=[1], payload={"wordIndex": 1, "colour": {"a": None}})
    assert decode(text, MINE).payload == ReadingProgress(word_index=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{",
        "[]",
        "[{}]",
        "null",
        "1",
        '"HEARTBEAT"',
        "{'type': 'HEARTBEAT'}",
        frame() + " x",
        frame() + frame(),
        "[" * 100_000,
        '{"a":' * 30_000,
        '{"type":"HEARTBEAT","sessionId":"session-a","payload":'
        + "[" * 30_000
        + "]" * 30_000
        + "}",
        '{"type":"HEARTBEAT","sessionId":"session-a","x":NaN}',
        '{"type":"HEARTBEAT","sessionId":"session-a","id":-Infinity}',
        "\ud800",
        b"\xff\xfe\x00",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_not_a_json_object_is_bad_json(text: str | bytes) -> None:
    assert refused(text) == ("bad_json", None)


@pytest.mark.parametrize("kind", ["", "heartbeat", "ERROR", "HEARTBEAT ", None, 1, [], {}, True])
def test_a_type_that_is_none_is_unknown(kind: object) -> None:
    text = json.dumps({"type": kind, "sessionId": MINE, "id": 3})
    assert refused(text) == ("unknown_type", 3)


def test_no_type_is_an_unknown_one() -> None:
    assert refused("{}") == ("unknown_type", None)


@pytest.mark.parametrize("session", ["session-b", "", None, 1, ["session-a"], "Session-a"])
def test_another_session_or_none_is_the_wrong_one(session: object) -> None:
    text = json.dumps({"type": "HEARTBEAT", "sessionId": session, "id": 3})
    assert refused(text) == ("wrong_session", 3)
    assert refused('{"type": "HEARTBEAT"}') == ("wrong_session", None)


@pytest.mark.parametrize(
    "raw", ["0", "-1", str(2**53), "9" * 40, "true", "false", '"1"', "1.0", "1e3", "[]", "{}"]
)
def test_an_id_must_be_a_positive_integer_of_at_most_53_bits(raw: str) -> None:
    text = f'{{"type":"HEARTBEAT","sessionId":"{MINE}","id":{raw}}}'
    assert refused(text) == ("bad_payload", None)


@pytest.mark.parametrize("message_id", [1, MAX_ID])
def test_the_first_and_the_last_id_are_fine(message_id: int) -> None:
    assert decode(frame(id=message_id), MINE).id == message_id


def test_an_id_of_thousands_of_digits_is_refused() -> None:
    code, _ = refused(f'{{"type":"HEARTBEAT","sessionId":"{MINE}","id":{"9" * 5000}}}')
    assert code in {"bad_json", "bad_payload"}


_WRONG_WORDS: list[object] = [-1, 2**31, 10**30, 1.5, "1", None, True, [], {}]


def changed(kind: str, *path: str, to: object) -> dict[str, Any]:
    payload = json.loads(json.dumps(PAYLOADS[kind]))
    inner = payload
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = to
    return dict(payload)


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("HEARTBEAT", None),
        ("HEARTBEAT", []),
        ("HEARTBEAT", "x"),
        ("READING_PROGRESS", {}),
        *(("READING_PROGRESS", {"wordIndex": wrong}) for wrong in _WRONG_WORDS),
        ("READING_PROGRESS", {"wordIndex": 1, "audioTimestamp": -0.1}),
        ("READING_PROGRESS", {"wordIndex": 1, "audioTimestamp": 1e300}),
        ("READING_PROGRESS", {"wordIndex": 1, "isPlaying": 1}),
        ("READING_PROGRESS", {"wordIndex": 1, "rate": 0}),
        ("READING_PROGRESS", {"wordIndex": 1, "rate": 11}),
        ("STUDENT_INTERRUPTION", {}),
        ("STUDENT_INTERRUPTION", {"questionText": "x"}),
        ("STUDENT_INTERRUPTION", changed("STUDENT_INTERRUPTION", "questionText", to="x" * 2001)),
        ("STUDENT_INTERRUPTION", changed("STUDENT_INTERRUPTION", "questionText", to="a\0b")),
        ("STUDENT_INTERRUPTION", changed("STUDENT_INTERRUPTION", "questionText", to="\ud800")),
        ("STUDENT_INTERRUPTION", changed("STUDENT_INTERRUPTION", "interruptionType", to="song")),
        ("STUDENT_INTERRUPTION", changed("STUDENT_INTERRUPTION", "context", to=None)),
        (
            "STUDENT_INTERRUPTION",
            changed("STUDENT_INTERRUPTION", "context", "currentSentence", to="\0"),
        ),
        (
            "STUDENT_INTERRUPTION",
            changed("STUDENT_INTERRUPTION", "context", "surroundingText", to="\udfff"),
        ),
        ("CANCEL_INTERRUPTION", {"interruptionId": 5}),
        ("RESUME_READING", {"understood": "yes"}),
        ("RESUME_READING", {"timeSpent": -1}),
        ("REPEAT_AUDIO", {"fromWordIndex": 1, "reason": "bored"}),
        ("CHECKPOINT_ANSWER", {"checkpointId": "glimmer"}),
        ("CHECKPOINT_ANSWER", {"checkpointId": "glimmer", "answer": ["x"]}),
    ],
)
def test_a_payload_of_another_shape_is_refused_with_its_id(kind: str, payload: object) -> None:
    assert refused(frame(kind, id=9, payload=payload)) == ("bad_payload", 9)


def test_two_thousand_characters_may_be_asked() -> None:
    payload = changed("STUDENT_INTERRUPTION", "questionText", to="ü" * 2000)
    message = decode(frame("STUDENT_INTERRUPTION", payload=payload), MINE)
    assert isinstance(message.payload, StudentInterruption)
    assert message.payload.question_text == "ü" * 2000


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    for text in (json.dumps(value), frame("READING_PROGRESS", payload=value, id=1)):
        with contextlib.suppress(BadFrame):
            assert isinstance(decode(text, MINE), ClientFrame)


@given(st.binary() | st.text(alphabet=st.characters(exclude_categories=[])))
def test_anything_at_all_is_refused_in_so_many_words(text: str | bytes) -> None:
    assert refused(text)[0] in {"bad_json", "unknown_type"}


def test_a_server_frame_has_the_names_of_the_contract() -> None:
    text = encode(server.ProgressSaved(5, 9, 12.5), session_id=MINE, seq=3, reply_to=8)
    assert json.loads(text) == {
        "type": "PROGRESS_SAVED",
        "sessionId": MINE,
        "seq": 3,
        "payload": {"wordIndex": 5, "furthestWordIndex": 9, "totalReadingTime": 12.5},
        "replyTo": 8,
    }


def test_what_is_not_there_is_left_out() -> None:
    text = encode(server.HeartbeatAck(), session_id=MINE, seq=1)
    assert json.loads(text) == {
        "type": "HEARTBEAT_ACK",
        "sessionId": MINE,
        "seq": 1,
        "payload": {},
    }


def test_field_names_on_the_wire_are_camel_case() -> None:
    payloads: list[type[msgspec.Struct]] = [*MESSAGES.values(), server.InterruptionResponse]
    for payload in payloads + server.FramePayload.__subclasses__():
        for field in msgspec.structs.fields(payload):
            assert "_" not in field.encode_name
