"""One example of every message: what is true of all of them is tried on these."""

from __future__ import annotations

from sessions_app.messages import (
    CancelInterruption,
    CheckpointAnswer,
    CompleteSession,
    Heartbeat,
    LowerHand,
    Message,
    PauseSession,
    RaiseHand,
    ReadingProgress,
    RepeatAudio,
    ResumeReading,
    ResumeSession,
    StudentInterruption,
)
from sessions_app.messages.student_interruption import QuestionContext

CONTEXT = QuestionContext(current_word_index=31, current_sentence="x", book="the-lamp")
EXAMPLES: dict[str, Message] = {
    example.type: example
    for example in (
        ReadingProgress(word_index=31),
        StudentInterruption(question_text="What is rust?", context=CONTEXT),
        CancelInterruption(interruption_id="filled in"),
        ResumeReading(understood=True),
        RepeatAudio(from_word_index=3),
        CheckpointAnswer(checkpoint_id="glimmer", answer="a bee"),
        RaiseHand(),
        LowerHand(),
        PauseSession(),
        ResumeSession(),
        CompleteSession(),
        Heartbeat(),
    )
}
