"""The index leaves out only patterns that do not match."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.tutor.guard.recognition.pattern_index import PatternIndex
from sessions_app.tutor.guard.recognition.patterns import compiled
from sessions_app.tutor.guard.recognition.sentences import TaggedWords

_LINES = (
    "you ~2 die",
    "^ go|run home",
    "not ~1 tell GROWN_UP",
    "~2",
    "secret -never",
    "so?",
    "dad|tell|and",
)
_PATTERNS = [compiled(line) for line in _LINES]
_WORDS = ["you", "die", "go", "run", "home", "not", "tell", "mom", "secret", "never", "so", "."]


@given(st.lists(st.sampled_from(_WORDS), max_size=9))
def test_the_index_finds_what_each_pattern_alone_finds_in_order(words: list[str]) -> None:
    tagged = TaggedWords(words)
    matching = [pattern for pattern in _PATTERNS if pattern.matches(tagged)]
    assert list(PatternIndex(_PATTERNS, lambda pattern: pattern).matching(tagged)) == matching
