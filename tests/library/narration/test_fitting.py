"""What is heard in a recording, matched to its text."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from library.narration.fitting import fit
from library.narration.hearing import Heard


def _heard(words: list[str]) -> Iterator[Heard]:
    for place, word in enumerate(words):
        yield Heard(word, 1000 * place, 1000 * place + 800)


def test_word_that_is_read_twice_counts_once() -> None:
    parts = ["one", "two", "three", "four", "five", "six"]
    heard = list(_heard([*parts[:3], *parts]))
    found = fit(parts, range(6), [3] * 6, heard, 10_000, [0])
    assert found.starts_ms == [3000, 4000, 5000, 6000, 7000, 8000]
    assert found.stretches[0].score == 1


def test_words_that_agree_by_accident_do_not_count() -> None:
    parts = ["one", "two", "three", "four", "five", "six"]
    found = fit(parts, range(6), [3] * 6, list(_heard(["six", "x", "two", "y"])), 5_000, [0, 3])
    assert [stretch.score for stretch in found.stretches] == [0, 0]


@given(st.data())
def test_word_starts_never_decrease_whatever_is_heard(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    parts = [str(place % 5) for place in range(count)]
    words = data.draw(st.lists(st.sampled_from("01234x"), max_size=20))
    found = fit(parts, range(count), [1] * count, list(_heard(words)), 30_000, [0])
    assert len(found.starts_ms) == count
    assert found.starts_ms == sorted(found.starts_ms)
    assert 0 <= found.starts_ms[0] <= found.starts_ms[-1] <= max(found.end_ms, 1)
