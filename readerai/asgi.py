"""The ASGI application: HTTP to Django, sockets to their consumers."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")

# Models can be imported only from here on.
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import re_path  # noqa: E402

from readerai.servers.body_limits import BodyLimits  # noqa: E402
from readerai.servers.daphne_http import (  # noqa: E402
    leave_bodies_unread,
    limit_bodies,
    quiet_access_log,
)
from readerai.servers.file_descriptors import check_file_descriptors  # noqa: E402
from readerai.servers.guarded_sockets import GuardedSockets  # noqa: E402
from readerai.servers.last_resort import LastResort  # noqa: E402
from readerai.servers.threaded_http import ThreadedHTTP  # noqa: E402
from sessions_app.live.consumer import NoSuchSocket  # noqa: E402
from sessions_app.live.process.drain import Drain  # noqa: E402
from sessions_app.protocol.errors import Close  # noqa: E402
from sessions_app.routing import websocket_urlpatterns as of_sessions  # noqa: E402
from teachers.live.routing import websocket_urlpatterns as of_classes  # noqa: E402

websocket = URLRouter([*of_classes, *of_sessions, re_path(r"", NoSuchSocket.as_asgi())])

quiet_access_log()
leave_bodies_unread()
limit_bodies()
check_file_descriptors()
_http = BodyLimits(ThreadedHTTP())
_answering = LastResort(ProtocolTypeRouter({"http": _http, "websocket": websocket}))
_deaf_after = {Close.TOO_MANY, Close.BAD_FRAMES}
application = Drain(GuardedSockets(_answering, flooded=Close.TOO_MANY, deaf_after=_deaf_after))
