"""The WebSocket of a class's live feed: from the server to a teacher, and nothing back."""

from __future__ import annotations

import logging
from typing import Final
from urllib.parse import parse_qs

from channels.exceptions import StopConsumer
from django.db import DatabaseError, InterfaceError

from readerai.accounts.models import Classroom, SignIn
from readerai.logs import named
from sessions_app.live.consumer import BareConsumer, Message, SocketTransport
from sessions_app.live.handshake import who_is_there
from sessions_app.live.process.process import live_process
from sessions_app.live.saving.database import in_database
from sessions_app.protocol.errors import Close

from .admission import admit_viewer
from .cards import CardView
from .feeds import class_feeds
from .viewer import Viewer, refuse_viewer

log = logging.getLogger(__name__)

_VIEWS: Final[dict[str, CardView]] = {"names": "names", "projector": "projector"}


class ClassConsumer(BareConsumer):
    """``?cards=names`` or ``projector`` asks for the cards' HTML beside the summaries."""

    viewer: Viewer | None = None
    classroom: Classroom | None = None

    async def websocket_connect(self, message: Message) -> None:
        await self.accept()
        transport = SocketTransport(self.base_send)
        if live_process().capacity.closed:
            await refuse_viewer(transport, Close.RESTARTING)
            return
        try:
            why = await self._open(transport)
        except (DatabaseError, InterfaceError) as failure:
            log.warning("a teacher's socket was refused (%s)", named(failure))
            why = Close.RESTARTING
        if why is not None:
            await refuse_viewer(transport, why)

    async def _open(self, transport: SocketTransport) -> Close | None:
        """Begin to show the class; or why not."""
        sign_in: SignIn | None = await in_database(who_is_there, self.scope, self.scope["path"])
        if sign_in is None:
            return Close.NOT_SIGNED_IN
        class_id: str = self.scope["url_route"]["kwargs"]["class_id"]
        classroom = await in_database(admit_viewer, sign_in.user, class_id)
        if classroom is None:
            return Close.NOT_FOUND
        viewer = Viewer(transport, sign_in, self._view())
        try:
            await class_feeds().open(classroom, viewer)
        except (DatabaseError, InterfaceError):
            class_feeds().close(classroom, viewer)
            raise
        self.viewer, self.classroom = viewer, classroom
        return None

    def _view(self) -> CardView | None:
        query = parse_qs(self.scope.get("query_string", b"").decode("latin-1"))
        return _VIEWS.get(query.get("cards", [""])[0])

    async def websocket_receive(self, message: Message) -> None:
        if self.viewer is not None:
            self.viewer.receive(message.get("text"))

    async def websocket_disconnect(self, message: Message) -> None:
        if self.viewer is not None and self.classroom is not None:
            class_feeds().close(self.classroom, self.viewer)
        raise StopConsumer
