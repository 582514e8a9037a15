"""The stock consumer: `AsyncJsonWebsocketConsumer` as it is documented."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from anthropic import AsyncAnthropic
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.core import signing
from django.utils import timezone

from bench.stock.models import StockQuestion, StockReading
from bench.stock.tickets import ticket_signer

TICKET_SECONDS = 60
PROMPT = (
    "You are a kind reading companion for a child. Answer in at most three short sentences, with "
    "simple words, and only from what the child has read so far."
)
model = AsyncAnthropic(
    api_key=os.environ["ANTHROPIC_API_KEY"], base_url=os.environ["ANTHROPIC_BASE_URL"]
)


class ReadingConsumer(AsyncJsonWebsocketConsumer):
    """One child's socket."""

    async def connect(self) -> None:
        reading = await database_sync_to_async(self._find)()
        if reading is None:
            await self.close(4404)
            return
        self.reading = reading
        self.answers: set[asyncio.Task[None]] = set()
        self.group = f"session.{reading.pk}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept("readerai.v1")
        await self.tell("SESSION_RESTORED", state=self._state())

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "group"):
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        payload = content["payload"]
        if content["type"] == "READING_PROGRESS":
            await database_sync_to_async(self._save_place)(payload["wordIndex"])
            await self.tell("PROGRESS_SAVED", reply_to=content["id"], **self._state())
        elif content["type"] == "STUDENT_INTERRUPTION":
            task = asyncio.create_task(self._answer(content["id"], payload))
            self.answers.add(task)
            task.add_done_callback(self.answers.discard)

    async def tell(self, kind: str, *, reply_to: int | None = None, **payload: Any) -> None:
        """Send a frame."""
        frame = {"type": kind, "sessionId": self.reading.pk, "payload": payload}
        await self.send_json(frame if reply_to is None else frame | {"replyTo": reply_to})

    async def _answer(self, message_id: int, payload: dict[str, Any]) -> None:
        text, context = payload["questionText"], payload["context"]
        asked = await database_sync_to_async(self._save_question)(text, context["currentWordIndex"])
        await self.tell("INTERRUPTION_ACKNOWLEDGED", reply_to=message_id, interruptionId=asked.pk)
        pieces = []
        stream = await model.messages.create(
            model="claude-haiku-4-5",
            max_tokens=600,
            system=PROMPT,
            messages=[{"role": "user", "content": f"{context['currentSentence']}\n\n{text}"}],
            stream=True,
        )
        async for event in stream:
            if event.type == "content_block_delta" and event.delta.type == "text_delta":
                pieces.append(event.delta.text)
                await self.tell("INTERRUPTION_DELTA", index=len(pieces) - 1, text=event.delta.text)
        answer = "".join(pieces)
        await database_sync_to_async(self._save_answer)(asked, answer)
        await self.tell("INTERRUPTION_RESPONSE", interruptionId=asked.pk, responseText=answer)

    def _find(self) -> StockReading | None:
        session_id = self.scope["url_route"]["kwargs"]["session_id"]
        ticket = self.scope["subprotocols"][-1].removeprefix("ticket.")
        try:
            child = ticket_signer(session_id).unsign_object(ticket, max_age=TICKET_SECONDS)
        except signing.BadSignature:
            return None
        return StockReading.objects.filter(pk=session_id, child_id=child).first()

    def _state(self) -> dict[str, Any]:
        return {
            "wordIndex": self.reading.word_index,
            "furthestWordIndex": self.reading.furthest_word_index,
            "totalReadingTime": round(self.reading.total_reading_time, 3),
        }

    def _save_place(self, word_index: int) -> None:
        reading, now = self.reading, timezone.now()
        reading.total_reading_time += min((now - reading.last_active_at).total_seconds(), 10)
        reading.word_index, reading.last_active_at = word_index, now
        reading.furthest_word_index = max(reading.furthest_word_index, word_index)
        reading.save(
            update_fields=[
                "word_index", "furthest_word_index", "total_reading_time", "last_active_at",
            ]
        )  # fmt: skip

    def _save_question(self, text: str, word_index: int) -> StockQuestion:
        return StockQuestion.objects.create(reading=self.reading, text=text, word_index=word_index)

    def _save_answer(self, question: StockQuestion, answer: str) -> None:
        question.answer, question.answered_at = answer, timezone.now()
        question.save(update_fields=["answer", "answered_at"])
