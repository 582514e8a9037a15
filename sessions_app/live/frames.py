"""Domain results as the frames that tell of them."""

from __future__ import annotations

from typing import Final, Literal, cast

from msgspec import UNSET

from ..domain.checkpoints import Result
from ..domain.interruptions import Asked
from ..domain.progress import Saved
from ..domain.questions import AnswerFacts
from ..domain.reading import Playhead
from ..protocol import server

ErrorCode = Literal[
    "tutor_unavailable",
    "invalid_context",
    "timeout",
    "cancelled",
    "busy",
    "limit_reached",
    "blocked",
]
_Action = Literal["continue", "retry", "skip"]

_QUESTION_ERRORS: Final[dict[str, tuple[str, _Action]]] = {
    "tutor_unavailable": ("I can't answer just now. Shall we try again?", "retry"),
    "invalid_context": ("That question was about another book. Please ask it again.", "retry"),
    "timeout": ("That took me too long. Shall we try again?", "retry"),
    "cancelled": ("All right, we leave that question.", "continue"),
    "busy": ("One question at a time. I am still on the last one.", "continue"),
    "limit_reached": (
        "You asked a lot of good questions! I need a little rest. Let's read on for now.",
        "continue",
    ),
    "blocked": ("That is something to talk about with a grown-up you trust.", "skip"),
}


def progress_saved(saved: Saved) -> server.ProgressSaved:
    return server.ProgressSaved(
        saved.word_index, saved.furthest_word_index, saved.total_reading_time
    )


def resume_audio(playhead: Playhead) -> server.ResumeAudio:
    return server.ResumeAudio(playhead.word_index, playhead.timestamp, playhead.rate)


def acknowledged(asked: Asked) -> server.InterruptionAcknowledged:
    return server.InterruptionAcknowledged(
        asked.interruption_id, asked.paused_at_word_index, asked.paused_at_timestamp
    )


def checkpoint_result(result: Result) -> server.CheckpointResult:
    return server.CheckpointResult(
        checkpoint_id=result.checkpoint_id,
        correct=result.correct,
        score=result.score,
        explanation=result.explanation,
        attempts=result.attempts,
        may_retry=result.may_retry,
    )


def question_error(code: str, interruption_id: str | None = None) -> server.InterruptionError:
    message, action = _QUESTION_ERRORS[code]
    return server.InterruptionError(
        error_code=cast(ErrorCode, code),
        user_message=message,
        fallback_action=action,
        interruption_id=UNSET if interruption_id is None else interruption_id,
    )


def answer_end(
    interruption_id: str, facts: AnswerFacts
) -> server.InterruptionResponse | server.InterruptionError:
    """The last frame about a question: its whole answer, or why there is none."""
    if facts.error_code:
        return question_error(facts.error_code, interruption_id)
    structured = facts.structured
    return server.InterruptionResponse(
        interruption_id=interruption_id,
        response_text=facts.text,
        response_type=cast(
            Literal["text", "definition", "explanation", "example", "mixed"], facts.response_type
        ),
        citations=[server.Citation(word, length) for word, length in facts.citations],
        suggestions=[
            server.Suggestion(
                text, cast(Literal["repeat", "continue", "ask_more", "practice"], action)
            )
            for text, action in facts.suggestions
        ],
        answered_by=facts.answered_by,
        visible_to_word_index=facts.visible_to_word_index,
        structured_data=UNSET
        if structured is None
        else server.StructuredData(
            structured.word, structured.definition, structured.examples, structured.related_words
        ),
    )
