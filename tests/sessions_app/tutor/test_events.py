"""Server-sent events, however the network cuts them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.tutor.claude.events import LONGEST_LINE, EventReader

STREAM = (
    b'event: message_start\ndata: {"type":"message_start","message":{"id":"m"}}\n\n'
    b": a comment\r\n\r\n"
    b'event: ping\r\ndata: {"type":"ping"}\r\n\r\n'
    b'data: {"type":"content_block_delta",\n'
    b'data: "delta":{"type":"text_delta","text":"\xc3\xa9"}}\n\n'
    b'data: {"type":"content_block_delta","delta":{"type":"thinking_delta","text":"no"}}\n\n'
    b'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}\n\n'
    b'data: {"type":"message_stop"}\n\n'
)


@given(st.lists(st.integers(0, len(STREAM)), max_size=30))
def test_events_are_the_same_however_the_bytes_are_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    reader = EventReader()
    parts = [STREAM[first:last] for first, last in pairwise(edges)]
    events = [event for part in parts for event in reader.feed(part)]
    assert [event.type for event in events] == [
        "message_start",
        "ping",
        "content_block_delta",
        "content_block_delta",
        "message_delta",
        "message_stop",
    ]
    assert "".join(event.added_text for event in events) == "é"


def test_a_line_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="no end"):
        list(EventReader().feed(b"x" * (LONGEST_LINE + 1)))


def test_events_before_a_broken_one_are_told() -> None:
    broken = b'data: {"type":"ping"}\n\ndata: {"type":\n\n'
    events = EventReader().feed(broken)
    assert next(events).type == "ping"
    with pytest.raises(ValueError, match="truncated"):
        next(events)
