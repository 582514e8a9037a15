"""The bench's frames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.wire import TEXT, frame, split


def server_frame(text: bytes, opcode: int = TEXT) -> bytes:
    """As RFC 6455 has a server send it: not masked."""
    size = len(text)
    if size < 126:
        head = bytes((0x80 | opcode, size))
    elif size < 2**16:
        head = bytes((0x80 | opcode, 126)) + size.to_bytes(2)
    else:
        head = bytes((0x80 | opcode, 127)) + size.to_bytes(8)
    return head + text


@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(min_value=0, max_value=2000))
def test_split_gives_whole_frames_and_what_is_left(texts: list[bytes], cut: int) -> None:
    data = b"".join(map(server_frame, texts))
    first, rest = split(data[:cut])
    second, left = split(rest + data[cut:])
    assert [payload for _, payload in first + second] == texts
    assert left == b""


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_split_knows_every_length_of_a_frame(size: int) -> None:
    assert split(server_frame(b"x" * size)) == ([(TEXT, b"x" * size)], b"")


@pytest.mark.parametrize(("size", "head"), [(125, 2), (126, 4), (2000, 4)])
def test_frame_is_masked_with_zeros(size: int, head: int) -> None:
    made = frame(b"x" * size)
    assert made[1] & 0x80
    assert made[head : head + 4] == b"\0\0\0\0"
    assert made[head + 4 :] == b"x" * size
