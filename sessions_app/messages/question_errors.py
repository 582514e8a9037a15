"""Why a question got no answer, in a sentence for the child. The end of a question as a frame."""

from __future__ import annotations

from typing import Final, Literal, cast

from msgspec import UNSET

from ..domain.questions import AnswerOutcome
from ..protocol import server
from ..tutor.types import ToldAnswer

_Action = Literal["continue", "retry", "skip"]

_ERRORS: Final[dict[str, tuple[str, _Action]]] = {
    "tutor_unavailable": ("I can't answer just now. Shall we try again?", "retry"),
    "invalid_context": (
        "I can only talk about the part that you have come to. Ask me there!",
        "retry",
    ),
    "timeout": ("That took me too long. Shall we try again?", "retry"),
    "cancelled": ("All right, we leave that question.", "continue"),
    "busy": ("One question at a time. I am still on the last one.", "continue"),
    "limit_reached": (
        "You asked a lot of good questions! I need a little rest. Let's read on for now.",
        "continue",
    ),
    "blocked": ("That is something to talk about with a grown-up you trust.", "skip"),
}


def question_error(code: str, interruption_id: str | None = None) -> server.InterruptionError:
    """The frame that says why; ``code`` is one of the wire contract's ``errorCode``."""
    message, action = _ERRORS[code]
    return server.InterruptionError(
        error_code=cast(server.QuestionErrorCode, code),
        user_message=message,
        fallback_action=action,
        interruption_id=UNSET if interruption_id is None else interruption_id,
    )


def answer_end(
    interruption_id: str, outcome: AnswerOutcome
) -> server.InterruptionResponse | server.InterruptionError:
    """The last frame about a question: its whole answer, or why there is none."""
    if outcome.answer is None:
        return question_error(outcome.error_code, interruption_id)
    told = {name: getattr(outcome.answer, name) for name in ToldAnswer.__struct_fields__}
    return server.InterruptionResponse(interruption_id=interruption_id, **told)
