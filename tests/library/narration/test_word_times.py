"""When a word is heard, against the decoded sound: p50 within 40 ms, p95 within 100 ms."""

from __future__ import annotations

import numpy as np
import pytest

from bench.word_times import alignment_differences, onset_differences
from library.narration.voices.registry import find_voice


@pytest.mark.parametrize("grade", [0, 5])
def test_word_times_hold_in_the_decoded_sound(grade: int) -> None:
    voice = find_voice("hibari:heart")
    for away in (onset_differences(voice, grade), alignment_differences(voice, grade, stories=1)):
        assert len(away) > 30
        p50, p95 = np.percentile(np.abs(away), [50, 95])
        assert p50 <= 40
        assert p95 <= 100
