"""Answers to checkpoints: what is sealed of one, and how a checkpoint stands after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from ...models import CheckpointAttempt
from ...tutor.concern import NO_CONCERN, Concern
from ...vault import Vault

TABLE: Final = "attempt"
MAX_ATTEMPTS: Final = 3


class AttemptFacts(Struct, frozen=True):
    """``CheckpointAttempt.sealed``: what the child answered, its score from 0 to 1, and what
    worries about it."""

    answer: str
    correct: bool
    score: float
    concern: Concern = NO_CONCERN


def may_retry(attempts: Sequence[AttemptFacts]) -> bool:
    """Whether there is another try after these."""
    return not attempts[-1].correct and len(attempts) < MAX_ATTEMPTS


def is_settled(attempts: Sequence[AttemptFacts], *, required: bool) -> bool:
    """Whether a checkpoint asks no more: a required one only when there is no further try."""
    return bool(attempts) and not (required and may_retry(attempts))


def attempt_row(
    session_id: str, vault: Vault, checkpoint: int, number: int, facts: AttemptFacts
) -> CheckpointAttempt:
    """The row of an answer, unsaved; whoever saves it adds when it came and from whom."""
    return CheckpointAttempt(
        session_id=session_id,
        checkpoint_id=checkpoint,
        number=number,
        concern=facts.concern.severity,
        sealed=vault.seal(TABLE, "sealed", _place(checkpoint, number), facts),
    )


def attempt_facts(row: CheckpointAttempt, vault: Vault) -> AttemptFacts:
    """What is sealed of an answer. Raises ``VaultError``."""
    place = _place(row.checkpoint_id, row.number)
    return vault.open(TABLE, "sealed", place, row.sealed, AttemptFacts)


def attempt_concern(row: CheckpointAttempt, vault: Vault) -> Concern:
    """What worries about an answer, its kind too. Raises ``VaultError``."""
    return attempt_facts(row, vault).concern


def _place(checkpoint: int, number: int) -> str:
    return f"{checkpoint}/{number}"
