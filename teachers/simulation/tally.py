"""What happened in a simulation."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class SimulationTally:
    """``failures`` are sentences: who could not read on, and why."""

    sessions: int = 0
    frames: int = 0
    questions: int = 0
    answers: int = 0
    checkpoints: int = 0
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.sessions} children read: {self.frames} messages, {self.questions} questions"
            f" ({self.answers} answered), {self.checkpoints} answers to questions in books."
        )
