"""What a child says is looked through first, and what a tutor says before a child sees it.

`assess` recognises a child in trouble, before any limit; `screen_question` and `screen_answer` say
what is answered with a fixed kind sentence; `redact` strikes private data out. Word lists, rules,
replies and training sentences stand in `data/`, for a reviewer of child safety to read and extend.
"""

from ..concern import Concern, Context, most_serious
from .model_concern import ModelConcern, parse_answer
from .personal import find_personal, redact
from .recognition import about_own_life, assess
from .replies import reply_to
from .screening import (
    Screening,
    ask_a_grown_up,
    comforting,
    context_of,
    screen_answer,
    screen_distress,
    screen_question,
    screened,
    unplaced,
)

__all__ = [
    "Concern",
    "Context",
    "ModelConcern",
    "Screening",
    "about_own_life",
    "ask_a_grown_up",
    "assess",
    "comforting",
    "context_of",
    "find_personal",
    "most_serious",
    "parse_answer",
    "redact",
    "reply_to",
    "screen_answer",
    "screen_distress",
    "screen_question",
    "screened",
    "unplaced",
]
