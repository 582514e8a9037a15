"""Answers belong to no socket: they go on when one drops, and another server takes over when
this one dies.

``begin`` works on a question under a lease: what comes from the tutor is sent to whoever is
connected, saved every second, and committed whole. ``followers`` are told of answers that another
server is giving.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from typing import Any, Final

import msgspec
from django.db import DatabaseError, InterfaceError

from readerai.logs import named
from readerai.monitoring import metrics

from ...domain import answers
from ...domain.answers import MAX_ATTEMPTS, Claim, Ended
from ...domain.errors import Conflict, LeaseLost, SessionNotFound, StaleOwner
from ...domain.hand.hand import Hand
from ...domain.questions import AnswerOutcome, AskedQuestion
from ...messages.question_errors import answer_end
from ...protocol import server
from ...tutor.types import Answer, AnswerBlocked, Question, Restart, Tutor, TutorError, TutorTimeout
from ..following import Followers
from ..groups import session_group
from ..lines import Lines
from ..notices import Notices
from ..saving.database import in_database
from ..saving.writing import change_held
from .shown_answer import ShownAnswer

log = logging.getLogger(__name__)

SAVE_SECONDS: Final = 1.0
RENEW_EVERY: Final = 5
WHOLE_ANSWER_SECONDS: Final = 90.0


class Answering:
    """The answers that this process is giving."""

    def __init__(self, lines: Lines, notices: Notices, tutor: Tutor, server_id: str) -> None:
        self._lines = lines
        self._notices = notices
        self._tutor = tutor
        self._server_id = server_id
        self._live: dict[str, ShownAnswer] = {}
        self.followers = Followers(lines, is_given_here=self._live.__contains__)
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def begin(self, interruption_id: str) -> None:
        """Answer a question that nobody is at work on, if its lease can be had."""
        self._begin(interruption_id, self._claim_and_answer(interruption_id))

    def begin_own(self, asked: AskedQuestion, hand: Hand) -> None:
        """Answer a question that was just committed here, under its first lease. The session
        hears the end also where another server comes to give it."""
        self._begin(asked.interruption_id, self._answer_own(asked, hand))

    def _begin(self, interruption_id: str, work: Coroutine[Any, Any, None]) -> None:
        if interruption_id in self._tasks or self._lines.capacity.closed:
            work.close()
            return
        task = asyncio.create_task(work)
        self._tasks[interruption_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(interruption_id, None))

    def stop(self, interruption_id: str) -> None:
        """The question was cancelled (and that is committed)."""
        task = self._tasks.get(interruption_id)
        if task is not None:
            task.cancel()

    def with_text_so_far(self, restored: server.SessionRestored) -> server.SessionRestored:
        """``restored`` with what this process has shown of an open answer, to the last piece."""
        opened = restored.open_interruption
        if not isinstance(opened, server.OpenInterruption):
            return restored
        live = self._live.get(opened.interruption_id)
        if live is None:
            return restored
        newest = msgspec.structs.replace(opened, text_so_far=live.shown, next_index=live.next_index)
        return msgspec.structs.replace(restored, open_interruption=newest)

    # -- giving an answer ------------------------------------------------------------------

    async def _claim_and_answer(self, interruption_id: str) -> None:
        try:
            claim = await in_database(
                answers.claim, interruption_id=interruption_id, server=self._server_id
            )
        except LeaseLost:
            return
        except (DatabaseError, InterfaceError) as failure:
            log.warning("a question waits for the database (%s)", named(failure))
            return
        await self._answer(claim)

    async def _answer_own(self, asked: AskedQuestion, hand: Hand) -> None:
        try:
            claim = await in_database(answers.claim_own, asked, hand)
        except (DatabaseError, InterfaceError) as failure:
            log.warning("a question waits for the database (%s)", named(failure))
            self.followers.watch_for_end(asked.session_id, asked.interruption_id)
            return
        await self._answer(claim)

    async def _answer(self, claim: Claim) -> None:
        interruption_id = claim.interruption_id
        live = ShownAnswer(claim, self._lines)
        self._live[interruption_id] = live
        saver = asyncio.create_task(self._save_every_second(live, asyncio.current_task()))
        try:
            outcome = await self._outcome(live)
            saver.cancel()
            await self._end(live, outcome)
        except asyncio.CancelledError:
            # Cancelled by the student, lost to another server, or this server stops.
            if self._lines.capacity.closed:
                await self._leave(live)
            raise
        finally:
            saver.cancel()
            self._live.pop(interruption_id, None)
            if live.lost:
                self.followers.watch_for_end(
                    claim.session_id, interruption_id, live.shown, live.next_index
                )

    async def _outcome(self, live: ShownAnswer) -> Answer | str:
        """The whole answer, or the error code of why there is none."""
        question = live.claim.question
        if question is None or live.claim.attempt > MAX_ATTEMPTS:
            return "tutor_unavailable"
        try:
            async with asyncio.timeout(WHOLE_ANSWER_SECONDS):
                return await self._stream(live, question)
        except (TutorTimeout, TimeoutError):
            return "timeout"
        except AnswerBlocked:
            return "blocked"
        except TutorError as error:
            log.warning("no answer came (%s)", named(error))
            return "tutor_unavailable"
        except Exception:
            log.exception("answering failed")
            return "tutor_unavailable"

    async def _stream(self, live: ShownAnswer, question: Question) -> Answer | str:
        stream = self._tutor.answer(question)
        try:
            async for item in stream:
                if isinstance(item, Answer):
                    live.show()
                    return item
                if isinstance(item, Restart):
                    live.restart()
                else:
                    live.add(item.text)
            return "tutor_unavailable"
        finally:
            live.stop()
            aclose = getattr(stream, "aclose", None)
            if aclose is not None:
                await aclose()

    async def _save_every_second(
        self, live: ShownAnswer, answering: asyncio.Task[None] | None
    ) -> None:
        """Save what has come; renew the lease; stop the answer where the lease is lost."""
        unsaved = 0
        while True:
            await asyncio.sleep(SAVE_SECONDS)
            unsaved += 1
            if live.next_index == live.saved_index and unsaved < RENEW_EVERY:
                continue
            try:
                await self._save(live)
                unsaved = 0
            except LeaseLost:
                live.lost = True
                if answering is not None:
                    answering.cancel()
                return
            except (DatabaseError, InterfaceError) as failure:
                log.warning("an answer waits for the database (%s)", named(failure))

    async def _save(self, live: ShownAnswer) -> None:
        text, index = live.shown, live.next_index
        await in_database(answers.save_partial, claim=live.claim, text=text, next_index=index)
        live.saved_index = index

    async def _end(self, live: ShownAnswer, outcome: Answer | str) -> None:
        """Commit the end, trying again while the database is away; then tell the child."""
        delay = 0.25
        if isinstance(outcome, Answer):
            committed = AnswerOutcome(outcome)
        else:
            committed = AnswerOutcome(error_code=outcome)
        while True:
            try:
                ended = await self._commit(live.claim, committed)
                break
            except LeaseLost:
                live.lost = True
                return
            except (DatabaseError, InterfaceError) as failure:
                log.warning("an answer waits for the database (%s)", named(failure))
                await asyncio.sleep(delay)
                delay = min(2.0, delay * 2)
        metrics.answer_ended(ended.outcome.answered_by, ended.outcome.error_code)
        self._tell_end(live.claim, ended)

    async def _commit(self, claim: Claim, outcome: AnswerOutcome) -> Ended:
        """Through the hand where the session is held here; the row is read where it is not."""
        line = self._lines.get(claim.session_id)
        if line is not None:
            try:
                return await change_held(line, lambda hand: answers.end(hand, claim, outcome))
            except (StaleOwner, SessionNotFound, Conflict):
                pass  # the child is elsewhere by now; the lease may still be ours
        return await in_database(answers.end_unheld, claim, outcome)

    def _tell_end(self, claim: Claim, ended: Ended) -> None:
        line = self._lines.get(claim.session_id)
        if line is None:
            # The child may be at another server by now.
            told = {"type": "answer.ended", "interruption": claim.interruption_id}
            self._notices.send(session_group(claim.session_id), told)
            return
        if line.hand.open_question == claim.interruption_id:
            line.hand.open_question = None  # ended beside the hand
        reply_to = claim.client_id if claim.client == line.client else None
        line.push(answer_end(claim.interruption_id, ended.outcome), reply_to)
        self._lines.changed(line)

    async def _leave(self, live: ShownAnswer) -> None:
        with contextlib.suppress(LeaseLost, DatabaseError, InterfaceError):
            await self._save(live)
            await in_database(answers.let_go, claim=live.claim)

    async def all_done(self) -> None:
        """Wait until every answer under way has ended."""
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    async def drain(self) -> None:
        """Save what has come of every answer and give the leases back."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
