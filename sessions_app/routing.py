"""The addresses of sessions' sockets."""

from django.urls import re_path

from .live.consumer import SessionConsumer

websocket_urlpatterns = [
    re_path(r"^ws/(?P<session_id>session-[0-9A-Za-z-]{1,32})$", SessionConsumer.as_asgi()),
]
