"""What asking a model took, counted for this process and kept for the school's day."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from django.db import DatabaseError, InterfaceError

from readerai.monitoring import metrics

from ..domain import model_use
from ..tutor.types import Question, Usage
from .saving.database import in_database

log = logging.getLogger(__name__)

_TRIES: Final = 5
_under_way: Final[set[asyncio.Task[None]]] = set()


def meter(question: Question, usage: Usage) -> None:
    """Take in what one request took. Answers that nobody waited for cost as much as others."""
    metrics.model_used(usage)
    if question.school is None:
        return
    task = asyncio.get_running_loop().create_task(_keep(question.school, usage))
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


async def _keep(school: int, usage: Usage) -> None:
    for attempt in range(_TRIES):
        try:
            await in_database(model_use.count_use, school, usage)
            return
        except (DatabaseError, InterfaceError) as failure:
            log.warning("what a model took waits for the database (%s)", type(failure).__name__)
            await asyncio.sleep(0.25 * 2**attempt)
