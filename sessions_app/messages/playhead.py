"""Where the child is, as several messages are answered with it."""

from __future__ import annotations

from ..domain.hand.hand import Hand
from ..protocol import server


def resume_audio(hand: Hand) -> server.ResumeAudio:
    """Where narration goes on."""
    return server.ResumeAudio(hand.state.word_index, hand.audio_timestamp, hand.state.rate)


def progress_saved(hand: Hand) -> server.ProgressSaved:
    """The place that stands."""
    state = hand.state
    return server.ProgressSaved(
        state.word_index, state.furthest_word_index, round(state.total_time, 1)
    )
