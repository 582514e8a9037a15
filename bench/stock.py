"""What Channels' own tutorial would have one write: JSON, one saved row per message, the model's
answer awaited in the consumer. No sign-in, no log, nothing sealed: it does far less."""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")

from readerai.asgi import http  # noqa: I001 - sets Django up, before models can be imported

from anthropic import AsyncAnthropic
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

from sessions_app.models import Session

Content = dict[str, Any]


class StockConsumer(AsyncJsonWebsocketConsumer):
    """Saves progress as it comes, and answers questions while it waits for them."""

    async def connect(self) -> None:
        self.session_id = self.scope["url_route"]["kwargs"]["session_id"]
        await self.accept("readerai.v1")
        await self.send_json({"type": "SESSION_RESTORED"})

    async def receive_json(self, content: Content, **kwargs: Any) -> None:
        if content["type"] == "READING_PROGRESS":
            await database_sync_to_async(self._save)(content["payload"]["wordIndex"])
            await self.send_json({"type": "PROGRESS_SAVED", "replyTo": content["id"]})
        else:
            await self._answer(content["payload"]["questionText"])

    def _save(self, word_index: int) -> None:
        session = Session.objects.get(pk=self.session_id)
        session.version = word_index
        session.save(update_fields=["version", "last_active_at"])

    async def _answer(self, question: str) -> None:
        client = AsyncAnthropic(
            api_key=settings.ANTHROPIC_API_KEY, base_url=settings.ANTHROPIC_BASE_URL
        )
        async with client.messages.stream(
            model=settings.READERAI_TUTOR_MODEL,
            max_tokens=500,
            messages=[{"role": "user", "content": question}],
        ) as stream:
            async for text in stream.text_stream:
                await self.send_json({"type": "INTERRUPTION_DELTA", "payload": {"text": text}})
        await database_sync_to_async(self._save)(0)
        await self.send_json({"type": "INTERRUPTION_RESPONSE"})


application = ProtocolTypeRouter(
    {"http": http, "websocket": URLRouter([path("ws/<session_id>", StockConsumer.as_asgi())])}
)
