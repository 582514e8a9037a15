"""A stream is handed on by whole sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.tutor.checking.sentences import LONGEST_HELD, SentenceBuffer


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three", ["One.", " Two!"]),
        ("Mr. Pim and Dr. Who went. So", ["Mr. Pim and Dr. Who went."]),
        ("She says: “Go. Now!” And so", ["She says: “Go. Now!”"]),
        ("It costs 3.50 in all. Ok", ["It costs 3.50 in all."]),
        ("风来了。好", ["风来了。"]),
        ("No end", []),
    ],
)
def test_only_whole_sentences_are_handed_on(text: str, sentences: list[str]) -> None:
    assert SentenceBuffer().feed(text) == sentences


@given(st.text(alphabet='ab. !?“”"\n', max_size=400), st.integers(1, 9))
def test_nothing_is_lost_and_little_held(text: str, size: int) -> None:
    buffer, shown = SentenceBuffer(), ""
    for at in range(0, len(text), size):
        shown += "".join(buffer.feed(text[at : at + size]))
        assert at + size - len(shown) <= LONGEST_HELD + size
    assert shown + buffer.finish() == text
