"""Books as they cross the wire."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from library.bodies import CheckpointKind, TimingSource
from library.models import Checkpoint, Narration


@pytest.mark.parametrize(
    ("described", "kept"),
    [
        (CheckpointKind, Checkpoint.Kind),
        (TimingSource, Narration.TimingSource),
    ],
)
def test_api_describes_every_kind_that_the_database_keeps(described: Any, kept: Any) -> None:
    assert list(get_args(described)) == kept.values
