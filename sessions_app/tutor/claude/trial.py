"""One question to a model, to see whether it can answer children: how long it takes, how much it
reads, and what to set where it does not do."""

import time
from dataclasses import dataclass

from ..types import (
    NO_USAGE,
    Answer,
    AnswerBlocked,
    AnswerUnfit,
    ChapterSoFar,
    Question,
    RequestRefused,
    Sentence,
    TextDelta,
    TutorError,
    TutorTimeout,
    TutorUnavailable,
    Usage,
)
from .options import ModelOptions
from .tutor import ClaudeTutor

_FIRST = "Old Mr. Pim has a lamp that is as blue as the sea."
_DAY = "On day {day} Mr. Pim polished his lamp, ate some soup and went to bed early."
_LAST = "Now Mr. Pim looks for his lamp."
_HINTS: dict[type[TutorError], str] = {
    TutorTimeout: "Give it longer: READERAI_TUTOR_FIRST_SECONDS, READERAI_TUTOR_GAP_SECONDS and "
    "READERAI_TUTOR_SECONDS; or less to read: READERAI_TUTOR_CONTEXT.",
    RequestRefused: "The server does not take the request: its own log says why. Is it too long? "
    "Set READERAI_TUTOR_CONTEXT to what the server is started with.",
    TutorUnavailable: "Is ANTHROPIC_BASE_URL the address without /v1, ANTHROPIC_API_KEY set (to "
    "anything), READERAI_TUTOR_MODEL loaded? A model that only thinks: READERAI_TUTOR_THINKING=0, "
    "or more READERAI_TUTOR_OUTPUT.",
    AnswerUnfit: "It wrote twice what no child is shown; a larger model keeps to its role better.",
    AnswerBlocked: "It declined an innocent question.",
}


@dataclass(slots=True)
class Trial:
    """What came: `text`, or a `problem` and a `hint`. Seconds count from the question;
    `book_tokens` is how much of a book the server read, of `asked_tokens` that it was to read."""

    text: str = ""
    problem: str = ""
    hint: str = ""
    first_s: float | None = None
    whole_s: float = 0.0
    usage: Usage = NO_USAGE
    book_tokens: int = 0
    asked_tokens: int = 0

    @property
    def knows_the_beginning(self) -> bool:
        """Whether the answer shows that the beginning of the book was read."""
        return "blue" in self.text.lower()


async def try_model(options: ModelOptions, *, api_key: str, days: int) -> Trial:
    """Ask about the first sentence of a story of `days` sentences more."""
    tutor = ClaudeTutor(api_key=api_key, options=options)
    trial, began = Trial(asked_tokens=options.book_tokens), time.monotonic()
    try:
        async for item in tutor.answer(_question(days)):
            if isinstance(item, TextDelta) and trial.first_s is None:
                trial.first_s = time.monotonic() - began
            elif isinstance(item, Answer):
                trial.text, trial.usage = item.text, item.usage
    except TutorError as error:
        trial.problem, trial.usage = str(error), error.usage
        trial.hint = next(hint for kind, hint in _HINTS.items() if isinstance(error, kind))
    finally:
        await tutor.aclose()
    trial.whole_s, trial.book_tokens = time.monotonic() - began, tutor.book_tokens
    return trial


def _question(days: int) -> Question:
    texts = [_FIRST, *(_DAY.format(day=day) for day in range(1, days + 1)), _LAST]
    sentences: list[Sentence] = []
    at = 0
    for text in texts:
        sentences.append(Sentence(at, text, len(text.split())))
        at += len(text.split())
    return Question(
        text="What color is the lamp of Mr. Pim?",
        kind="text",
        book_title="Mr. Pim and the Lamp",
        author="",
        language="en",
        reading_level=3,
        sentence=_LAST,
        word_index=at - 1,
        visible_to_word_index=at - 1,
        chapters=(
            ChapterSoFar(0, "The Lamp", True, tuple(sentences[:-1])),
            ChapterSoFar(1, "The Search", False, tuple(sentences[-1:])),
        ),
    )
